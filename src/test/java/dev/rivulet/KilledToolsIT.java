package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.MortalTools;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of one ffmpeg of every kind, and of ffprobe. */
class KilledToolsIT {
    private static final long PATIENCE = 180;

    @TempDir
    Path folder;

    @Test
    void whicheverToolIsKilledItsWorkIsDoneAgainAndTheVideoIsWhole() throws IOException {
        Files.writeString(folder.resolve("text.srt"), "1\n00:00:01,000 --> 00:00:02,500\nStill here\n");
        MortalTools tools = new MortalTools(folder.resolve("tools"));
        try (RunningServer server = RunningServer.start(
                folder.resolve("data"), tools.settings(), "recovery: {interval: 500ms}", "encode: {slots: 2}")) {
            // One is copied into an index, the other read from beginning to end; each is looked at for fields.
            check(server, clip("live.mkv", "-g", "48", "-live", "1"));
            assertThat(tools.killed())
                    .contains("probe", "look", "copy", "subtitles", "sound", "poster", "chunk", "join")
                    .doesNotContain("mezzanine");
            check(server, clip("one-keyframe.mkv", "-g", "9999", "-keyint_min", "9999", "-sc_threshold", "0"));
            assertThat(tools.killed()).contains("mezzanine");
        }
    }

    private void check(RunningServer server, Path clip) {
        String id = server.upload(clip, "mortal").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        JsonObject video = server.video(id);
        assertThat(video.getString("status")).as(video.encode()).isEqualTo("COMPLETED");
        assertThat(Presentation.text(server, id, "master.m3u8")).contains("TYPE=SUBTITLES");
        assertThat(Presentation.text(server, id, "subs-0/seg_00000.vtt")).contains("Still here");
        Presentation.check(server, id, folder);
        assertThat(server.manifest(id).getJsonArray("tasks").stream().map(JsonObject.class::cast))
                .allSatisfy(task -> assertThat(task.getInteger("attempt"))
                        .as(task.encode())
                        .isEqualTo(task.getJsonArray("attempts").size() + 1));
    }

    private Path clip(String name, String... encoding) {
        Path file = folder.resolve(name);
        List<String> words = new java.util.ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=640x480:rate=25:duration=26",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=26",
                "-i",
                folder.resolve("text.srt").toString()));
        words.addAll(List.of("-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast"));
        words.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", "aac", "-c:s", "copy"));
        words.addAll(List.of(encoding));
        words.add(file.toString());
        MadeMedia.ffmpeg(words);
        return file;
    }
}
