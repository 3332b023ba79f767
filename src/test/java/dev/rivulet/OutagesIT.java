package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.EarlyVideos;
import dev.rivulet.testing.GivingServer;
import dev.rivulet.testing.Looks;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import dev.rivulet.testing.UploadForm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and Redis die under a server that encodes. */
@BesideOthers
class OutagesIT {
    private static final long PATIENCE = 120;

    @TempDir
    static Path folder;

    static RunningServer server;
    static Path clip;
    static Path small;

    @BeforeAll
    static void start() {
        clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 40);
        small = MadeMedia.mp4(folder.resolve("small.mp4"), "64x64", "25", 1);
        server = RunningServer.start(folder.resolve("data"), "import: {allow: [127.0.0.1]}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theDatabaseIsKilledAndEveryRequestIsAnsweredAndWorkGoesOn() {
        String before = encodedThrough("before", () -> {});
        List<HttpResponse<String>> watched = new ArrayList<>();
        List<HttpResponse<String>> asked = new ArrayList<>();
        String id = encodedThrough("database", () -> {
            ProcessHandle killed = postmaster();
            killed.destroyForcibly();
            AtomicBoolean told = new AtomicBoolean();
            until(() -> {
                told.set(told.get() || ask("/health/ready").statusCode() == 503);
                watched.add(ask("/media/" + before + "/144p/index.m3u8"));
                watched.add(ask("/media/" + before + "/144p/seg_00000.m4s"));
                asked.add(server.send(UploadForm.request(server.uri("/videos/upload"), small, "meanwhile")));
                asked.add(ask("/videos"));
                asked.add(ask("/videos/" + before));
                return told.get() && asked.get(asked.size() - 1).statusCode() == 200;
            });
            assertThat(postmaster()).isNotEqualTo(killed);
        });
        assertThat(watched).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(asked).extracting(HttpResponse::statusCode).contains(503).isSubsetOf(200, 202, 503);
        assertThat(asked.stream().filter(answer -> answer.statusCode() == 503)).allSatisfy(answer -> {
            assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        });
        everyTaskWasDoneAtTheFirstAttempt(id);
        until(() -> ask("/health/ready").statusCode() == 200);
        acceptedUploadsAreCompleteAndOfTheOthersNothingIsLeft(asked);
    }

    @Test
    void oneSessionOfTheDatabaseIsKilledAndTakesTheOthersAlong() {
        String id = encodedThrough("session", () -> {
            ProcessHandle killed = postmaster();
            session().destroyForcibly();
            until(() -> ask("/videos").statusCode() == 200);
            assertThat(postmaster()).isEqualTo(killed);
        });
        everyTaskWasDoneAtTheFirstAttempt(id);
    }

    @Test
    void theDatabaseIsKilledInMidImportAndWhatHasArrivedAndWasMadeStays() {
        try (GivingServer other = new GivingServer(clip).give(0.3)) {
            HttpResponse<String> begun = server.send(HttpRequest.newBuilder(server.uri("/videos/import"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            new JsonObject().put("url", other.url()).encode()))
                    .build());
            String id = new JsonObject(begun.body()).getString("id");
            EarlyVideos.grows(server, id, 1);
            ProcessHandle killed = postmaster();
            killed.destroyForcibly();
            other.give(0.6);
            until(() -> !killed.isAlive() && ask("/videos").statusCode() == 200);
            other.give(1);
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            }
            assertThat(other.answers()).isEqualTo(1);
            everyTaskWasDoneAtTheFirstAttempt(id);
            Presentation.check(server, id, folder);
        }
    }

    @Test
    void theQueueIsKilled() {
        String id = encodedThrough("queue", () -> {
            ProcessHandle killed = redis();
            killed.destroyForcibly();
            until(() -> DataProcesses.naming(server.data(), "redis-server").stream()
                    .anyMatch(process -> !process.equals(killed)));
            assertThat(ask("/videos").statusCode()).isEqualTo(200);
        });
        everyTaskWasDoneAtTheFirstAttempt(id);
    }

    @Test
    void theQueueForgetsEverything() {
        String id = encodedThrough(
                "forgets", () -> assertThat(tellRedis("FLUSHALL")).contains("+OK"));
        everyTaskWasDoneAtTheFirstAttempt(id);
    }

    /** Uploads the clip, lets something happen when a third of it is encoded, and waits for its end. */
    private static String encodedThrough(String title, Runnable trouble) {
        String id = server.upload(clip, title).getString("id");
        try (Updates updates = server.follow(id)) {
            updates.progress(PATIENCE, 30);
            assertThat(server.video(id).getDouble("progress")).isLessThan(90);
            trouble.run();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        Presentation.check(server, id, folder);
        return id;
    }

    private static void everyTaskWasDoneAtTheFirstAttempt(String id) {
        JsonArray tasks = server.manifest(id).getJsonArray("tasks");
        assertThat(tasks.stream().map(JsonObject.class::cast)).allSatisfy(task -> {
            assertThat(task.getString("state")).isEqualTo("DONE");
            assertThat(task.getInteger("attempt")).as(task.encode()).isEqualTo(1);
        });
    }

    private static void acceptedUploadsAreCompleteAndOfTheOthersNothingIsLeft(List<HttpResponse<String>> answers) {
        answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(answer -> new JsonObject(answer.body()).getString("id"))
                .forEach(id -> {
                    try (Updates updates = server.follow(id)) {
                        assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
                    }
                });
        until(() -> listed().stream().allMatch(video -> "COMPLETED".equals(video.getString("status"))));
        List<String> known =
                listed().stream().map(video -> video.getString("id")).toList();
        until(() -> names("media").stream().allMatch(known::contains));
        until(() -> names("work/uploads").isEmpty());
    }

    private static List<JsonObject> listed() {
        JsonArray items = new JsonObject(ask("/videos?limit=100").body()).getJsonArray("items");
        return items.stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> names(String path) {
        try (Stream<Path> files = Files.list(server.data().resolve(path))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answered in time, whatever happens. */
    private static HttpResponse<String> ask(String path) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    private static ProcessHandle postmaster() {
        return DataProcesses.naming(server.data(), "bin/postgres").stream()
                .findFirst()
                .orElseThrow();
    }

    /** A session of the pool; the others share its memory and are ended by the server. */
    private static ProcessHandle session() {
        return postmaster()
                .children()
                .filter(process -> DataProcesses.command(process).contains(" 127.0.0.1("))
                .findFirst()
                .orElseThrow();
    }

    private static ProcessHandle redis() {
        return DataProcesses.naming(server.data(), "redis-server").stream()
                .findFirst()
                .orElseThrow();
    }

    private static String tellRedis(String command) {
        Path redis = server.data().resolve("redis");
        try {
            int port = Integer.parseInt(Files.readString(redis.resolve("port")).strip());
            try (Socket socket = new Socket("127.0.0.1", port)) {
                String words =
                        "AUTH " + Files.readString(redis.resolve("password")) + "\r\n" + command + "\r\nQUIT\r\n";
                socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void until(BooleanSupplier state) {
        Looks.until(PATIENCE, state, () -> "the state never came");
    }
}
