package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server works with breaks in the middle of the work. */
class BrokenPartsIT {
    private static final long PATIENCE = 120;

    @TempDir
    static Path folder;

    static ChildServer server;
    static Path clip;

    @BeforeAll
    static void start() {
        clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 40);
        server = ChildServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aChunkWhoseFfmpegIsKilledIsTriedAgain() {
        String id = server.upload(clip, "a killed ffmpeg").getString("id");
        try (Updates updates = server.follow(id)) {
            updates.stage(PATIENCE, "previewable");
            server.until(PATIENCE, () -> DataProcesses.naming(server.data(), "/ffmpeg ", "/tasks/", "libx264").stream()
                    .anyMatch(ProcessHandle::destroyForcibly));
            long killed = System.nanoTime();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            System.out.printf("done %d ms after an ffmpeg was killed%n", (System.nanoTime() - killed) / 1_000_000);
        }
        List<JsonObject> again = server.manifest(id).getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .filter(task -> task.getInteger("attempt") > 1)
                .toList();
        assertThat(again).hasSize(1);
        assertThat(again.get(0).getInteger("attempt")).isEqualTo(2);
        JsonObject first = again.get(0).getJsonArray("attempts").getJsonObject(0);
        assertThat(first.getString("kind")).isEqualTo("memory");
        Presentation.check(server, id, folder);
    }

    @Test
    void anEmptiedQueueIsFilledAgain() throws IOException {
        String id = server.upload(clip, "an emptied queue").getString("id");
        try (Updates updates = server.follow(id)) {
            updates.progress(PATIENCE, 20);
            Path redis = server.data().resolve("redis");
            int port = Integer.parseInt(Files.readString(redis.resolve("port")).strip());
            long emptied;
            try (RawClient client = new RawClient(port)) {
                client.write("AUTH " + Files.readString(redis.resolve("password")) + "\r\nFLUSHALL\r\n");
                assertThat(List.of(client.line(), client.line())).containsExactly("+OK", "+OK");
                emptied = System.nanoTime();
            }
            assertThat(updates.messages()).noneMatch(message -> "done".equals(message.getString("stage")));
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            System.out.printf("done %d ms after the queue was emptied%n", (System.nanoTime() - emptied) / 1_000_000);
        }
        Presentation.check(server, id, folder);
    }
}
