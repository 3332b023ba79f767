package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.BreakableTools;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failing, trying again, cancelling and deleting, with real tools that break on demand. */
@BesideOthers
class RetryIT {
    private static final long PATIENCE = 180;

    @TempDir
    static Path folder;

    static BreakableTools tools;
    static RunningServer server;
    static Path clip;

    @BeforeAll
    static void start() {
        tools = new BreakableTools(folder.resolve("tools"));
        clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 30);
        server = RunningServer.start(folder.resolve("data"), tools.settings(), BreakableTools.LOWEST_ALONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void repair() {
        tools.repair();
    }

    @Test
    void whatCannotBeEncodedCostsItsQualityAndRetryMakesOnlyThat() {
        tools.breakWith("/360p/");
        String id = server.upload(clip, "partly broken").getString("id");
        long seq;
        try (Updates updates = server.follow(id)) {
            JsonObject end = updates.end(PATIENCE);
            assertThat(end.getString("status")).isEqualTo("PARTIAL");
            assertThat(end.getJsonObject("error").getString("message"))
                    .contains("360p")
                    .contains("broken by the test");
            seq = end.getLong("seq");
        }
        assertThat(attempts(id, 1)).isNotEmpty().allSatisfy(reason -> assertThat(reason)
                .contains("broken by the test"));
        Map<String, FileTime> before = times(id, "144p", "audio-48k", "poster.webp");
        assertThat(Files.exists(media(id).resolve("360p/index.m3u8"))).isFalse();
        tools.repair();

        HttpResponse<String> answer = post("/videos/" + id + "/retry", "{\"quality\": \"360p\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonObject video = new JsonObject(answer.body());
        assertThat(video.getString("status")).isEqualTo("READY");
        assertThat(video.getValue("error")).isNull();
        assertThat(video.getString("masterUrl")).isNotNull();
        try (Updates updates = server.follow(id, seq)) {
            JsonObject end = updates.end(PATIENCE);
            assertThat(end.getString("status")).isEqualTo("PARTIAL");
            assertThat(end.getJsonObject("error").getString("message")).startsWith("240p: ");
            assertThat(updates.stages())
                    .startsWith("processing")
                    .contains("rendition_ready")
                    .doesNotContain("playable");
            seq = end.getLong("seq");
        }
        Map<String, FileTime> chunks = times(id, "240p", "360p");

        // The other quality was made by the same tasks: it only has to be joined.
        assertThat(post("/videos/" + id + "/retry", "").statusCode()).isEqualTo(202);

        try (Updates updates = server.follow(id, seq)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(times(id, "240p", "360p")).isEqualTo(chunks);
        assertThat(times(id, "144p", "audio-48k", "poster.webp")).isEqualTo(before);
        Presentation.check(server, id, folder);
        assertThat(code(post("/videos/" + id + "/retry", ""), 409)).isEqualTo("nothing_to_retry");
        assertThat(code(post("/videos/" + id + "/retry", "{\"quality\": \"999p\"}"), 400))
                .isEqualTo("invalid_quality");
        assertThat(code(post("/videos/" + id + "/cancel", ""), 409)).isEqualTo("already_settled");
    }

    @Test
    void whatHasFailedAsAWholeIsTriedAgainAsAWhole() {
        tools.breakWith("/144p/");
        Path small = MadeMedia.mp4(folder.resolve("small.mp4"), "256x144", "25", 5);
        String id = server.upload(small, "broken").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("FAILED");
        }
        assertThat(server.get("/media/" + id + "/audio-48k/index.m3u8").statusCode())
                .isEqualTo(404);
        tools.repair();

        List<Integer> answers = Stream.of(1, 2, 3)
                .map(time -> post("/videos/" + id + "/retry", "").statusCode())
                .toList();

        assertThat(answers.get(0)).isEqualTo(202);
        try (Updates updates = server.follow(id)) {
            updates.stage(PATIENCE, "done");
            assertThat(updates.stages()).containsOnlyOnce("playable", "done");
        }
        Presentation.check(server, id, folder);
    }

    @Test
    void aQualityThatCannotBeJoinedIsEncodedAgainAndTheOthersStay() {
        Path long_ = MadeMedia.mp4(folder.resolve("long.mp4"), "640x360", "25", 60);
        String id = server.upload(long_, "damaged on disk").getString("id");
        Path victim = media(id).resolve("240p/seg_00000.m4s");
        try (Updates updates = server.follow(id)) {
            Futures.until(() -> Future.succeededFuture(Files.exists(victim)));
            cut(victim);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        JsonObject manifest = server.manifest(id);
        assertThat(manifest.getJsonArray("tiers").stream()
                        .map(JsonObject.class::cast)
                        .map(tier -> tier.getJsonArray("qualities").getList()))
                .contains(List.of("240p"));
        assertThat(attempts(id, 1)).as("the others were not made again").isEmpty();
        Presentation.check(server, id, folder);
    }

    @Test
    void cancellingEndsTheWorkAtOnceAndLeavesNoByte() {
        Path large = MadeMedia.mp4(folder.resolve("large.mp4"), "1280x720", "30", 60);
        String id = server.upload(large, "unwanted").getString("id");
        try (Updates updates = server.follow(id)) {
            updates.stage(PATIENCE, "previewable");
            Futures.until(() -> Future.succeededFuture(encoders() > 0));

            long asked = System.nanoTime();
            HttpResponse<String> answer = post("/videos/" + id + "/cancel", "");
            assertThat(answer.statusCode()).isEqualTo(202);
            Futures.until(() -> Future.succeededFuture(encoders() == 0));
            System.out.printf("no encoder %d ms after cancelling%n", (System.nanoTime() - asked) / 1_000_000);

            JsonObject video = new JsonObject(answer.body());
            assertThat(video.getString("status")).isEqualTo("CANCELLED");
            assertThat(video.getValue("masterUrl")).isNull();
            assertThat(video.getValue("previewUrl")).isNull();
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("CANCELLED");
        }
        Futures.until(() -> Future.succeededFuture(Files.notExists(media(id)) && works(id) == 0));
        assertThat(post("/videos/" + id + "/cancel", "").statusCode()).isEqualTo(202);
        assertThat(code(post("/videos/" + id + "/retry", ""), 409)).isEqualTo("not_retryable");
        Path next = MadeMedia.mp4(folder.resolve("next.mp4"), "256x144", "25", 4);
        try (Updates updates = server.follow(server.upload(next, "Next").getString("id"))) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(media(id)).doesNotExist();
        HttpRequest delete =
                HttpRequest.newBuilder(server.uri("/videos/" + id)).DELETE().build();
        assertThat(server.send(delete).statusCode()).isEqualTo(204);
        assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void ofAFileThatIsNoVideoNothingCanBeTriedAgain() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all ".repeat(100));
        String id = server.upload(text, "text").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("FAILED");
        }
        assertThat(code(post("/videos/" + id + "/retry", ""), 409)).isEqualTo("source_gone");
        assertThat(code(post("/videos/00000000-0000-4000-8000-000000000000/retry", ""), 404))
                .isEqualTo("video_not_found");
        assertThat(code(post("/videos/" + id + "/retry", "{\"what\": 1}"), 400)).isNotEmpty();
    }

    private static HttpResponse<String> post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        return server.send(
                body.isEmpty()
                        ? request.POST(BodyPublishers.noBody()).build()
                        : request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build());
    }

    private static String code(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body()).getString("code");
    }

    private static Path media(String id) {
        return server.data().resolve("media").resolve(id);
    }

    private static long encoders() {
        return DataProcesses.naming(server.data(), "ffmpeg", "-progress").size();
    }

    /** Work folders that name the video. */
    private static long works(String id) {
        try (Stream<Path> all = Files.walk(server.data().resolve("work"))) {
            return all.filter(path -> path.toString().contains(id)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> attempts(String id, int tier) {
        return server.manifest(id).getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .filter(task -> task.getString("kind").equals("chunk") && task.getInteger("tier") == tier)
                .flatMap(task -> task.getJsonArray("attempts").stream())
                .map(attempt -> ((JsonObject) attempt).getString("reason"))
                .toList();
    }

    /** When each of these files, or those in these folders, was written; playlists aside. */
    private static Map<String, FileTime> times(String id, String... names) {
        Map<String, FileTime> times = new TreeMap<>();
        for (String name : names) {
            try (Stream<Path> files = Files.walk(media(id).resolve(name))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".m3u8"))
                        .toList()) {
                    times.put(media(id).relativize(file).toString(), Files.getLastModifiedTime(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(times).isNotEmpty();
        return times;
    }

    private static void cut(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(open.length() / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
