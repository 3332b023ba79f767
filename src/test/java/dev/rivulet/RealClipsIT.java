package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real clips, judged by a checker that knows nothing of us.
 */
@BesideOthers
class RealClipsIT {
    private static final long PATIENCE = 120;

    @TempDir
    static Path folder;

    static RunningServer server;

    @BeforeAll
    static void start() {
        assumeTrue(SharedChecker.there(), SharedChecker.missing());
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "codec/gizmo.mp4",
                "codec/gizmo_hevc_aac.mp4",
                "codec/gizmo_vp9_opus.webm",
                "codec/h264_aac.mov",
                "natural/big_buck_bunny_720p_1mb.mp4",
                "rotation/sample_with_htc_rotation_track_name.mkv",
                "synthetic/moov_at_end.mp4",
                "synthetic/no_audio.mp4",
                "synthetic/plain.mkv",
                "synthetic/portrait_406x720.mp4",
                "timing/30fps_numbered_frames.mkv",
                "tracks/noaudio_hevc_600x338_35s.mp4",
            })
    void aRealClipIsPublishedAsItIs(String clip) {
        holds(SharedChecker.SHARED.resolve("media").resolve(clip));
    }

    /** Rates that none of the short clips has. */
    @ParameterizedTest
    @CsvSource({"24, mp4", "30000/1001, mov", "50, mkv", "60000/1001, mp4", "60, mkv"})
    void everyRateIsPublishedAsItIs(String rate, String container) {
        holds(MadeMedia.clip(
                folder.resolve("rate." + container),
                "320x180",
                rate,
                5,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac"));
    }

    private static void holds(Path clip) {
        long begun = System.nanoTime();
        JsonObject video = server.upload(clip, clip.getFileName().toString());
        String id = video.getString("id");
        try (Updates updates = server.follow(id)) {
            JsonObject end = updates.end(PATIENCE);
            assertThat(end.getString("status")).as(end.encode()).isEqualTo("COMPLETED");
        }
        long done = System.nanoTime();
        MadeMedia.Output checked = SharedChecker.check(server.uri("/"), id, clip);
        System.out.printf(
                "%s: done after %d ms, checked in %d ms: %s",
                clip.getFileName(), (done - begun) / 1_000_000, (System.nanoTime() - done) / 1_000_000, checked.text());
        assertThat(checked.exit()).as(checked.text()).isZero();
    }
}
