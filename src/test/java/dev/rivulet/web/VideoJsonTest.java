package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.Attempt;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The public JSON, byte for byte. */
class VideoJsonTest {
    private static final VideoId ID = new VideoId(UUID.fromString("2f1c1b0e-6f0a-4f6e-9a52-0d6a3f0f9c11"));
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final MediaPlan PLAN = Samples.plan(50);

    @Test
    void showsAVideoThatIsArriving() throws IOException {
        Video video = new Video(
                ID,
                "A film",
                null,
                "film.mp4",
                VideoStatus.UPLOADING,
                0,
                1000,
                0,
                "local",
                0,
                false,
                false,
                false,
                null,
                List.of(),
                null,
                true,
                0,
                null,
                0,
                AT,
                AT);
        assertThat(VideoJson.of(video).encodePrettily()).isEqualTo(golden("video-uploading", VideoJson.of(video)));
    }

    @Test
    void showsAVideoThatIsPartlyReady() throws IOException {
        assertThat(VideoJson.of(partial()).encodePrettily())
                .isEqualTo(golden("video-partial", VideoJson.of(partial())));
        assertThat(VideoJson.snapshot(partial()).encodePrettily())
                .isEqualTo(golden("snapshot", VideoJson.snapshot(partial())));
    }

    @Test
    void showsThePlanAndItsWork() throws IOException {
        List<TaskRow> tasks = List.of(
                new TaskRow(
                        new TaskId(1),
                        TaskKind.CHUNK,
                        0,
                        0,
                        TaskState.DONE,
                        1,
                        "node-1",
                        AT,
                        AT.plusSeconds(2),
                        List.of()),
                new TaskRow(
                        new TaskId(2),
                        TaskKind.CHUNK,
                        1,
                        0,
                        TaskState.WAITING,
                        1,
                        null,
                        null,
                        null,
                        List.of(new Attempt(1, "node-1", AT, "TOOL", "exit code 1", "/secret/path: no such file"))));
        JsonObject manifest = ManifestJson.of(partial(), PLAN, tasks, Optional.empty());
        assertThat(manifest.encodePrettily())
                .isEqualTo(golden("manifest", manifest))
                .doesNotContain("secret");
    }

    @Test
    void saysOfEverySubtitleTrackWhatBecameOfIt() throws IOException {
        MediaPlan plan = Sources.of(320, 180)
                .subtitles("deu", "Deutsch", true, false)
                .subtitles("eng", null, false, true)
                .subtitles(null, null, false, false)
                .plan();
        SubtitlesMade made = new SubtitlesMade(
                Map.of("subs-0", new StoredText(12, 2, 0), "subs-1", new StoredText(0, 0, 0)),
                Map.of("subs-2", "exit 1"));
        TaskRow failed = new TaskRow(
                new TaskId(1),
                TaskKind.SUBTITLES,
                0,
                0,
                TaskState.FAILED,
                1,
                null,
                null,
                null,
                List.of(new Attempt(1, "node-1", AT, "TOOL", "exit 69", "")));
        JsonObject shown = new JsonObject()
                .put(
                        "made",
                        ManifestJson.of(partial(), plan, List.of(), Optional.of(made))
                                .getJsonArray("subtitles"))
                .put(
                        "open",
                        ManifestJson.of(partial(), plan, List.of(), Optional.empty())
                                .getJsonArray("subtitles"))
                .put(
                        "failed",
                        ManifestJson.of(partial(), plan, List.of(failed), Optional.empty())
                                .getJsonArray("subtitles"));
        assertThat(shown.encodePrettily()).isEqualTo(golden("manifest-subtitles", shown));
    }

    private static Video partial() {
        VideoError error = new VideoError(ErrorCode.ENCODE_FAILED, "The encoder failed three times.");
        List<RenditionRow> rows = List.of(
                new RenditionRow(
                        "144p",
                        0,
                        RenditionState.JOINED,
                        List.of(0, 1, 2, 3, 4, 5),
                        new RenditionRow.JoinedFigures(98_765, 54_321, "avc1.42c00c", 123_456),
                        null),
                new RenditionRow("240p", 1, RenditionState.FAILED, List.of(0), null, error),
                new RenditionRow("360p", 1, RenditionState.ENCODING, List.of(0, 2), null, null),
                new RenditionRow("720p", 2, RenditionState.ENCODING, List.of(), null, null));
        return new Video(
                ID,
                "A film",
                "Of a river",
                "film.mp4",
                VideoStatus.PARTIAL,
                45.678,
                104_857_600,
                2,
                "local",
                7,
                true,
                true,
                true,
                PLAN,
                rows,
                error,
                true,
                17,
                AT,
                0,
                AT,
                AT.plusSeconds(72));
    }

    /** With {@code -Dgolden=write} the files are written anew, to be read before they are committed. */
    private static String golden(String name, JsonObject now) throws IOException {
        Path file = Path.of("src/test/resources/golden", name + ".json");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(file, now.encodePrettily() + "\n");
        }
        return Files.readString(file).stripTrailing();
    }
}
