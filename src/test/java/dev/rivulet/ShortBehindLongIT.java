package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short clip does not wait for a long film, although both are the same user's. */
class ShortBehindLongIT {
    private static final int MINUTES = 120;
    private static final int PATIENCE = 300;

    @TempDir
    Path folder;

    @Test
    void aMinuteBehindTwoHoursIsDoneBeforeTheyAreHalfDone() {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "10", 60);
        Path film = folder.resolve("film.mp4");
        MadeMedia.ffmpeg(List.of(
                "-stream_loop",
                Integer.toString(MINUTES - 1),
                "-i",
                clip.toString(),
                "-c",
                "copy",
                "-movflags",
                "+faststart",
                film.toString()));
        try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
            String long_ = server.upload(film, "Two hours").getString("id");
            try (Updates filmUpdates = server.follow(long_)) {
                filmUpdates.stage(PATIENCE, "previewable");
                assertThat(server.video(long_).getDouble("duration")).isGreaterThan(MINUTES * 60 - 60);

                long uploaded = System.nanoTime();
                String short_ = server.upload(clip, "One minute").getString("id");
                try (Updates updates = server.follow(short_)) {
                    updates.stage(PATIENCE, "playable");
                    Duration playable = Duration.ofNanos(System.nanoTime() - uploaded);
                    assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
                    Duration done = Duration.ofNanos(System.nanoTime() - uploaded);
                    double progress = server.video(long_).getDouble("progress");
                    System.out.printf(
                            "short clip: playable=%s completed=%s, then film=%.1f %%%n", playable, done, progress);
                    assertThat(progress).isLessThan(50);
                    assertThat(server.video(short_).getString("status")).isEqualTo("COMPLETED");
                }
            }
            HttpRequest delete = HttpRequest.newBuilder(server.uri("/videos/" + long_))
                    .DELETE()
                    .build();
            assertThat(server.send(delete).statusCode()).isEqualTo(204);
        }
    }
}
