package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineIT {
    private static final long PATIENCE = 120;

    /** What comes when it comes. */
    private static final List<String> BESIDE = List.of("thumbnail_ready", "storyboard_ready");

    @TempDir
    static Path folder;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aVideoBecomesPreviewableThenPlayableThenBetterThenDone() throws IOException {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "1280x720", "30", 20);
        String id = server.upload(clip, "A clip").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            List<String> told = updates.stages().stream()
                    // A slow machine takes long enough for the upload to be told of.
                    .dropWhile(stage -> stage.equals("uploading"))
                    .filter(stage -> !stage.equals("processing"))
                    .toList();
            assertThat(told.stream().filter(stage -> !BESIDE.contains(stage)))
                    .containsExactly(
                            "previewable",
                            "playable",
                            "rendition_ready",
                            "rendition_ready",
                            "rendition_ready",
                            "rendition_ready",
                            "done");
            assertThat(told).containsOnlyOnce(BESIDE.toArray(String[]::new));
            assertThat(updates.messages().stream().map(message -> message.getLong("seq")))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(qualities(updates, "playable")).containsExactly("144p");
            assertThat(qualities(updates, "rendition_ready")).containsExactly("240p", "360p", "480p", "720p");
            progressMovesByTwoPointsAtLeast(updates);
        }
        JsonObject video = server.video(id);
        assertThat(video.getString("status")).isEqualTo("COMPLETED");
        assertThat(video.getDouble("progress")).isEqualTo(100);
        assertThat(video.getJsonObject("qualityUrls").fieldNames())
                .containsExactly("144p", "240p", "360p", "480p", "720p");
        List<Presentation.Checked> checked = Presentation.check(server, id, folder);
        assertThat(checked.get(0).samples()).isEqualTo(600);
        assertThat(checked).extracting(Presentation.Checked::uri).contains("144p/index.m3u8", "audio-48k/index.m3u8");
        assertThat(server.bytes(video.getString("thumbnailUrl")).body())
                .startsWith("RIFF".getBytes(StandardCharsets.US_ASCII));
        nothingIsLeftInTheWorkFolder();
    }

    @ParameterizedTest
    @CsvSource({
        "24000/1001, mp4, libx264, aac",
        "25, mov, libx264, aac",
        "30000/1001, mkv, libx265, aac",
        "50, webm, libvpx-vp9, libopus",
        "60000/1001, mp4, libx265, aac",
        "60, mkv, libx264, libopus",
    })
    void everyUsualRateContainerAndCodecIsFrameExact(String rate, String container, String video, String audio) {
        Path clip = MadeMedia.clip(
                folder.resolve("clip." + container),
                "256x144",
                rate,
                7,
                "-c:v",
                video,
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "100",
                "-c:a",
                audio);
        String id = server.upload(clip, rate).getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        String[] parts = rate.split("/");
        double perSecond = Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
        Presentation.Checked lowest = Presentation.check(server, id, folder).get(0);
        assertThat(lowest.samples()).isBetween((int) Math.floor(7 * perSecond), (int) Math.ceil(7 * perSecond) + 1);
        assertThat(lowest.seconds()).isCloseTo(lowest.samples() / perSecond, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void portraitVideoGetsAPortraitLadderAndASilentOneNoSound() {
        Path clip = folder.resolve("portrait.mp4");
        MadeMedia.ffmpeg(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=406x720:rate=25:duration=4",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                clip.toString()));
        String id = server.upload(clip, "portrait").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        assertThat(Presentation.check(server, id, folder))
                .extracting(Presentation.Checked::uri)
                .containsExactlyInAnyOrder("144p/index.m3u8", "240p/index.m3u8", "360p/index.m3u8");
        assertThat(Presentation.text(server, id, "master.m3u8"))
                .contains("RESOLUTION=144x256")
                .doesNotContain("AUDIO")
                .doesNotContain("mp4a");
    }

    private static List<String> qualities(Updates updates, String stage) {
        return updates.messages().stream()
                .filter(message -> stage.equals(message.getString("stage")))
                .map(message -> message.getString("quality"))
                .toList();
    }

    private static void progressMovesByTwoPointsAtLeast(Updates updates) {
        List<Double> steps = updates.messages().stream()
                .filter(message -> "processing".equals(message.getString("stage")) && message.containsKey("eta"))
                .map(message -> message.getDouble("progress"))
                .toList();
        assertThat(steps).isNotEmpty();
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i) - steps.get(i - 1)).isGreaterThanOrEqualTo(2);
        }
    }

    private static void nothingIsLeftInTheWorkFolder() throws IOException {
        try (Stream<Path> left = Files.walk(server.data().resolve("work"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
