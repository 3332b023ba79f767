package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.MediaTree;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in every stage of one video, and started again each time. */
class CrashIT {
    private static final long PATIENCE = 120;

    @TempDir
    Path folder;

    private ChildServer server;
    private Path data;
    private Path media = Path.of("none");
    private JsonObject manifest = new JsonObject();
    /** What was finished when the server was killed: must stay as it is. */
    private final Map<String, JsonObject> finished = new TreeMap<>();

    private final Map<String, MediaTree.Stored> segments = new TreeMap<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aVideoSurvivesTheDeathOfItsServerInEachStage() throws IOException {
        data = folder.resolve("data");
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 40);
        server = ChildServer.start(data);
        killedWhileUploading();

        String id = server.upload(clip, "survivor").getString("id");
        media = data.resolve("media").resolve(id);
        killedWhen("looking", () -> !DataProcesses.naming(data, "ffprobe ").isEmpty() || planned(id));
        killedWhen("encoding", () -> exists(media.resolve("144p/seg_00004.m4s")));
        assertThat(finished).as("chunks that were finished before").isNotEmpty();
        killedWhen("joining", () -> filled(data.resolve("work/join")));
        killedWhen("publishing", () -> exists(media.resolve("master.m3u8")));

        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            assertThat(updates.messages().stream().map(message -> message.getLong("seq")))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(updates.stages()).containsOnlyOnce("previewable", "playable", "thumbnail_ready", "done");
        }
        whatWasFinishedIsAsItWas(id);
        Presentation.check(server, id, folder);
        noPlaylistGrows();
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        server.stop();
        assertThat(DataProcesses.naming(data)).isEmpty();
    }

    /** Nobody was told that it was accepted: nothing of it stays. */
    private void killedWhileUploading() throws IOException {
        try (RawClient client = new RawClient(server.uri("/").getPort())) {
            client.write("POST /videos/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"half.mp4\"\r\n\r\nhalf of it");
            server.until(PATIENCE, () -> !listed().isEmpty());
            assertThat(listed().getJsonObject(0).getString("status")).isEqualTo("UPLOADING");
            killAndStart("uploading");
        }
        assertThat(listed()).isEmpty();
        assertThat(filled(data.resolve("work/uploads"))).isFalse();
        assertThat(filled(data.resolve("media"))).isFalse();
    }

    private void killedWhen(String stage, BooleanSupplier state) {
        server.until(PATIENCE, state);
        remember();
        killAndStart(stage);
    }

    private void killAndStart(String stage) {
        server.kill();
        Instant killed = Instant.now();
        DataProcesses.awaitNone(data, 10, "/ffmpeg ");
        keepSegments();
        server = ChildServer.start(data);
        System.out.printf(
                "killed while %s; ready %d ms after the kill, start %d ms; finished so far: %d tasks%n",
                stage,
                Duration.between(killed, Instant.now()).toMillis(),
                server.startTime().toMillis(),
                finished.size());
    }

    /** What the books say is done, of all that was not known to be. */
    private void remember() {
        String id = String.valueOf(media.getFileName());
        if (!planned(id)) {
            return;
        }
        manifest = server.manifest(id);
        tasks(manifest)
                .filter(task -> "DONE".equals(task.getString("state")))
                .forEach(task -> finished.putIfAbsent(key(task), task));
    }

    /** The segments of finished chunks, as they lie there after the kill. */
    private void keepSegments() {
        Map<String, MediaTree.Stored> files = Files.isDirectory(media) ? MediaTree.of(media) : Map.of();
        for (JsonObject task : finished.values()) {
            if (task.getString("kind").equals("chunk")) {
                JsonObject chunk = manifest.getJsonArray("chunks").getJsonObject(task.getInteger("chunk"));
                JsonObject tier = manifest.getJsonArray("tiers").getJsonObject(task.getInteger("tier"));
                int first = chunk.getInteger("firstSegment");
                for (int segment = first; segment < first + chunk.getInteger("segments"); segment++) {
                    for (Object quality : tier.getJsonArray("qualities")) {
                        String name = quality + "/seg_%05d.m4s".formatted(segment);
                        segments.putIfAbsent(name, files.get(name));
                    }
                }
            }
        }
    }

    private void whatWasFinishedIsAsItWas(String id) {
        JsonObject after = server.manifest(id);
        assertThat(tasks(after)).allSatisfy(task -> {
            assertThat(task.getString("state")).isEqualTo("DONE");
            JsonObject before = finished.get(key(task));
            if (before != null) {
                assertThat(task).isEqualTo(before);
            }
            assertThat(task.getJsonArray("attempts").stream().map(JsonObject.class::cast))
                    .as(task.encode())
                    .allMatch(attempt -> attempt.getString("kind").equals("lost"));
        });
        assertThat(MediaTree.of(media)).containsAllEntriesOf(segments);
    }

    private void noPlaylistGrows() throws IOException {
        try (Stream<Path> all = Files.walk(media)) {
            assertThat(all.filter(file -> file.endsWith("index.m3u8")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().endsWith("#EXT-X-ENDLIST\n"));
        }
    }

    private boolean planned(String id) {
        return server.get("/videos/" + id + "/manifest").statusCode() == 200;
    }

    private JsonArray listed() {
        return new JsonObject(server.get("/videos").body()).getJsonArray("items");
    }

    private static Stream<JsonObject> tasks(JsonObject manifest) {
        return manifest.getJsonArray("tasks").stream().map(JsonObject.class::cast);
    }

    private static String key(JsonObject task) {
        return task.getString("kind") + " " + task.getInteger("tier") + "." + task.getInteger("chunk");
    }

    private static boolean exists(Path file) {
        return Files.exists(file);
    }

    private static boolean filled(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false; // not there
        }
    }
}
