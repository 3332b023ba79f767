package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.MediaTree;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.TestServers;
import dev.rivulet.testing.Updates;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two nodes with one PostgreSQL, one Redis and one media folder; one is stopped for longer than its leases. */
class PausedNodeIT {
    private static final long PATIENCE = 120;
    private static final String RUNNING = "SELECT count(*) FROM tasks WHERE state = 'RUNNING' AND worker = $1";
    private static final String JOINING = "SELECT count(*) FROM renditions WHERE state = 'JOINING' AND join_node = $1";

    @TempDir
    static Path folder;

    static Vertx vertx;
    static Pool pool;
    static RedisServer redis;
    static ChildServer slow;
    static ChildServer steady;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        PgDatabase database = TestServers.database();
        pool = database.pool(vertx, 2);
        int port = TestServers.freePort();
        redis = TestServers.redis(port);
        Map<String, String> settings = Map.of(
                "RIVULET_POSTGRES_URL", database.url(),
                "RIVULET_REDIS_URL", "redis://127.0.0.1:" + port,
                "RIVULET_LEASE_DURATION", "2s",
                "RIVULET_LEASE_RENEW", "500ms",
                "RIVULET_RECOVERY_INTERVAL", "500ms",
                "RIVULET_ENCODE_SLOTS", "2");
        Path shared = Files.createDirectories(folder.resolve("slow/media"));
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("steady")).resolve("media"), shared);
        slow = ChildServer.start(folder.resolve("slow"), settings);
        steady = ChildServer.start(folder.resolve("steady"), settings);
    }

    @AfterAll
    static void stop() throws IOException {
        slow.close();
        steady.close();
        Futures.await(pool.close());
        Futures.await(vertx.close());
        redis.stop();
    }

    @Test
    void whoIsStoppedWhileItEncodesChangesNothingWhenItComesBack() {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 60);
        String id = steady.upload(clip, "encoding").getString("id");
        stoppedAt(RUNNING);
        long held = count(RUNNING);
        finishedBySteady(id);
        // What it was at goes on without it: results lie there when it comes back.
        DataProcesses.awaitNone(slow.data(), PATIENCE, "/ffmpeg ");
        assertThat(attempts(id, "lost")).hasSizeGreaterThanOrEqualTo((int) held);
        nothingChangesWhenItComesBack(id);
    }

    @Test
    void whoIsStoppedWhileItJoinsChangesNothingWhenItComesBack() {
        Path clip = MadeMedia.mp4(folder.resolve("joined.mp4"), "640x360", "25", 20);
        String id;
        do {
            id = slow.upload(clip, "joining").getString("id");
        } while (!stoppedAtJoin(id));
        finishedBySteady(id);
        nothingChangesWhenItComesBack(id);
    }

    private static void finishedBySteady(String id) {
        try (Updates updates = steady.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        Presentation.check(steady, id, folder);
    }

    private static void nothingChangesWhenItComesBack(String id) {
        Path media = folder.resolve("slow/media").resolve(id);
        Map<String, MediaTree.Stored> stored = new HashMap<>(MediaTree.of(media));
        // What it was writing when it was stopped has no name of its own yet, and is taken away when it comes back.
        stored.keySet().removeIf(name -> name.endsWith(".part"));
        JsonObject books = steady.manifest(id);
        slow.signal("CONT");
        slow.until(PATIENCE, () -> workLeft("tasks") == 0 && workLeft("join") == 0);
        slow.until(PATIENCE, () -> slow.get("/health/ready").statusCode() == 200);

        assertThat(MediaTree.of(media)).isEqualTo(stored);
        assertThat(steady.manifest(id)).isEqualTo(books);
        assertThat(attempts(id, null))
                .allSatisfy(attempt -> assertThat(attempt.getString("kind")).isEqualTo("lost"));
        // It takes part again.
        Path clip = MadeMedia.mp4(folder.resolve("next.mp4"), "256x144", "25", 3);
        String next = slow.upload(clip, "next").getString("id");
        // Asked, not followed: what the other node says is not heard at this one.
        slow.until(PATIENCE, () -> "COMPLETED".equals(slow.video(next).getString("status")));
    }

    /** Stops the slow node at a moment at which its rows say so, and which it does not leave any more. */
    private static void stoppedAt(String rows) {
        slow.until(PATIENCE, () -> {
            if (count(rows) == 0) {
                return false;
            }
            slow.signal("STOP");
            if (count(rows) > 0) {
                return true;
            }
            slow.signal("CONT");
            return false;
        });
    }

    /** False when the video was done before the slow node was met at a join. */
    private static boolean stoppedAtJoin(String id) {
        while (!"COMPLETED".equals(steady.video(id).getString("status"))) {
            for (int look = 0; look < 50; look++) {
                if (count(JOINING) > 0) {
                    slow.signal("STOP");
                    if (count(JOINING) > 0) {
                        return true;
                    }
                    slow.signal("CONT");
                }
            }
        }
        return false;
    }

    private static long count(String rows) {
        return Futures.await(pool.preparedQuery(rows).execute(Tuple.of(name(slow))))
                .iterator()
                .next()
                .getLong(0);
    }

    private static String name(ChildServer server) {
        try {
            return Files.readString(server.data().resolve("node"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long workLeft(String kind) {
        Path work = slow.data().resolve("work").resolve(kind);
        if (!Files.isDirectory(work)) {
            return 0;
        }
        try (Stream<Path> left = Files.list(work)) {
            return left.count();
        } catch (IOException e) {
            return 1; // it is just being cleaned
        }
    }

    /** Failed attempts of a kind, or all. */
    private static List<JsonObject> attempts(String id, String kind) {
        return steady.manifest(id).getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .flatMap(task -> task.getJsonArray("attempts").stream())
                .map(JsonObject.class::cast)
                .filter(attempt -> kind == null || kind.equals(attempt.getString("kind")))
                .toList();
    }
}
