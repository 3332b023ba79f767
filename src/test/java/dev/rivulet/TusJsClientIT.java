package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.TestServers;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that most pages use, in Node, against the whole program. */
class TusJsClientIT {
    private static final int PADDING = 24 << 20;

    @TempDir
    static Path folder;

    private static Map<String, String> port;
    private static Path clip;
    private static ChildServer server;

    @BeforeAll
    static void start() throws IOException {
        port = Map.of("RIVULET_HTTP_PORT", Integer.toString(TestServers.freePort()));
        clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 2);
        // A box that players pass over makes it a longer way.
        ByteBuffer box = ByteBuffer.allocate(PADDING).putInt(PADDING).put("free".getBytes(StandardCharsets.US_ASCII));
        Files.write(clip, box.array(), StandardOpenOption.APPEND);
        server = ChildServer.start(folder.resolve("data"), port);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientGoesOnByItselfWhenTheServerWasKilledAndStartedAgain() throws Exception {
        Process client = client("upload", 1);
        try (BufferedReader out = client.inputReader()) {
            next(out, "progress");
            JsonObject later = next(out, "progress");
            assertThat(later.getLong("progress")).isLessThan(later.getLong("total"));
            server.kill();
            server.close();
            server = ChildServer.start(server.data(), port);
            JsonObject done = next(out, "done");
            assertThat(done.getInteger("retries")).isPositive();
            arrived(done.getString("done"), "by upload in 1");
        } finally {
            client.destroy();
        }
    }

    @Test
    void partsThatAreSentAtTheSameTimeBecomeOneVideo() throws Exception {
        Process client = client("upload", 3);
        try (BufferedReader out = client.inputReader()) {
            JsonObject done = next(out, "done");
            assertThat(done.getInteger("retries")).isZero();
            arrived(done.getString("done"), "by upload in 3");
        } finally {
            client.destroy();
        }
    }

    @Test
    void whatTheClientEndsIsGone() throws Exception {
        Process client = client("terminate", 1);
        try (BufferedReader out = client.inputReader()) {
            String url = next(out, "terminated").getString("terminated");
            assertThat(server.get("/videos/" + id(url)).statusCode()).isEqualTo(404);
            assertThat(server.data().resolve("work/uploads/" + id(url) + ".part"))
                    .doesNotExist();
        } finally {
            client.destroy();
        }
    }

    private static void arrived(String url, String title) throws IOException {
        JsonObject video = server.video(id(url));
        assertThat(video.getString("title")).isEqualTo(title);
        assertThat(video.getString("status")).isNotIn("UPLOADING", "FAILED");
        assertThat(Files.mismatch(clip, server.data().resolve("media/" + id(url) + "/source/original")))
                .isEqualTo(-1);
    }

    private static Process client(String what, int parts) throws IOException {
        String script =
                Path.of("src/test/resources/tus/client.mjs").toAbsolutePath().toString();
        return new ProcessBuilder(
                        "node",
                        script,
                        what,
                        server.uri("/uploads").toString(),
                        clip.toString(),
                        Integer.toString(parts))
                .directory(Path.of("webroot").toFile())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** The next word of the client that has this field. */
    private static JsonObject next(BufferedReader out, String field) throws IOException {
        List<String> said = new ArrayList<>();
        while (true) {
            String line = out.readLine();
            assertThat(line).as("a line with %s after %s", field, said).isNotNull();
            said.add(line);
            JsonObject message = new JsonObject(Objects.requireNonNull(line));
            assertThat(message.getString("error")).isNull();
            if (message.containsKey(field)) {
                return message;
            }
        }
    }

    private static String id(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
