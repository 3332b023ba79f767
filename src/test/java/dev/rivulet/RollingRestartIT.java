package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BusyClients;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.SlowUpload;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two servers on one PostgreSQL, one Redis and one tree of videos, replaced one after the other while they are used. */
class RollingRestartIT {
    private static final long PATIENCE = 240;
    private static final int UPLOADS = 12;

    @TempDir
    Path folder;

    private final List<ChildServer> servers = new ArrayList<>();
    private final List<Map<String, String>> settings = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void open() throws IOException {
        int port = TestServers.freePort();
        redis = TestServers.redis(port);
        String database = TestServers.database().url();
        Path media = Files.createDirectories(folder.resolve("media"));
        for (int i = 0; i < 2; i++) {
            Files.createSymbolicLink(Files.createDirectories(data(i)).resolve("media"), media);
            settings.add(Map.of(
                    "RIVULET_POSTGRES_URL",
                    database,
                    "RIVULET_REDIS_URL",
                    "redis://127.0.0.1:" + port,
                    "RIVULET_HTTP_PORT",
                    Integer.toString(TestServers.freePort()),
                    "RIVULET_ENCODE_SLOTS",
                    "1"));
            servers.add(ChildServer.start(data(i), settings.get(i)));
        }
    }

    @AfterEach
    void close() throws IOException {
        servers.forEach(ChildServer::close);
        redis.stop();
    }

    @Test
    void whatWasAnsweredIsTrueAndNothingIsDoneTwice() throws IOException {
        Path film = MadeMedia.mp4(folder.resolve("film.mp4"), "426x240", "25", 40);
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "128x72", "25", 2);
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put(servers.get(0).upload(film, "film").getString("id"), "film");
        List<SlowUpload> slow = List.of(new SlowUpload(servers.get(0), clip), new SlowUpload(servers.get(1), clip));
        for (SlowUpload one : slow) {
            one.send();
        }
        Futures.until(() -> Future.succeededFuture(uploading() == slow.size()));

        List<URI> addresses = servers.stream().map(server -> server.uri("/")).toList();
        BusyClients clients = new BusyClients(addresses, clip, UPLOADS);
        try (clients) {
            clients.begin();
            for (int i = 0; i < servers.size(); i++) {
                int reads = clients.reads();
                servers.get(i).until(PATIENCE, () -> clients.reads() > reads);
                titles.put(replace(i, slow.get(i)), "slow");
            }
            int reads = clients.reads();
            servers.get(1).until(PATIENCE, () -> clients.reads() > reads);
        }
        assertThat(clients.surprises()).isEmpty();
        titles.putAll(clients.titles());
        System.out.printf(
                "%d accepted, %d deleted, %d read, turned away %d times%n",
                titles.size(), clients.deleted().size(), clients.reads(), clients.turnedAway());

        ChildServer server = servers.get(0);
        titles.forEach((id, title) -> {
            // Watchers of one server are not told what the other one publishes: the row is the same for both.
            server.until(PATIENCE, () -> List.of("COMPLETED", "PARTIAL", "FAILED")
                    .contains(server.video(id).getString("status")));
            assertThat(server.video(id).getString("status")).isEqualTo("COMPLETED");
            assertThat(server.video(id).getString("title")).isEqualTo(title);
            assertThat(server.manifest(id).getJsonArray("tasks").stream().map(JsonObject.class::cast))
                    .isNotEmpty()
                    .allSatisfy(task -> {
                        assertThat(task.getString("state")).isEqualTo("DONE");
                        assertThat(task.getInteger("attempt")).as(task.encode()).isEqualTo(1);
                    });
        });
        assertThat(clients.deleted()).isNotEmpty().allSatisfy(id -> assertThat(
                        server.get("/videos/" + id).statusCode())
                .isEqualTo(404));
    }

    /** Stops a server in the middle of an upload, and starts it again; the id of what was uploaded. */
    private String replace(int i, SlowUpload slow) throws IOException {
        ChildServer server = servers.get(i);
        server.signal("TERM");
        server.until(PATIENCE, () -> server.said().contains("no task is claimed any more"));
        String id = slow.finish();
        assertThat(server.ended()).isZero();
        assertThat(server.said()).doesNotContain(" ERROR ", "cut off");
        assertThat(DataProcesses.naming(data(i))).isEmpty();
        servers.set(i, ChildServer.start(data(i), settings.get(i)));
        return id;
    }

    private int uploading() {
        return new JsonObject(servers.get(0).get("/videos?status=UPLOADING").body())
                .getJsonArray("items")
                .size();
    }

    private Path data(int i) {
        return folder.resolve("node-" + i);
    }
}
