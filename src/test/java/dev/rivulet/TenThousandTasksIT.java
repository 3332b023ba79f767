package dev.rivulet;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.store.redis.RedisTaskQueue;
import dev.rivulet.testing.CpuTime;
import dev.rivulet.testing.Gate;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.StubNode;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two servers share a database, a queue and a media folder; the encoder is a stub, all else is real. */
class TenThousandTasksIT {
    private static final int VIDEOS = Integer.getInteger("tasks.videos", 50);
    private static final int USERS = 7;
    private static final int SLOTS = 8;
    private static final int MINUTES = 10;
    /** Chunks of one segment: 66 in each of three tiers, two tasks for the sound, and the poster. */
    private static final MediaPlan PLAN = Samples.plan(198, 1);

    private static final List<NewTask> TASKS = NewTask.of(PLAN);
    private static final int ALL = VIDEOS * TASKS.size();

    /** A new process learns: its last tasks cost less than its first ones. */
    private static final String TENTHS =
            """
            SELECT tenth, count(*) / extract(epoch FROM max(finished_at) - min(finished_at))::float8 AS rate
            FROM (SELECT finished_at, ntile(10) OVER (ORDER BY finished_at) AS tenth FROM tasks) t
            GROUP BY tenth ORDER BY tenth
            """;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final PgDatabase database = TestServers.database();
    private final Pool pool = database.pool(vertx, 4);
    private final PgVideoStore videos = new PgVideoStore(pool, "stub");
    private final int port = TestServers.freePort();
    private RedisServer redis;
    private StubNode.Shared shared;

    @BeforeEach
    void open() {
        redis = TestServers.redis(port);
        shared = new StubNode.Shared(
                database, "redis://127.0.0.1:" + port, data.resolve("media"), data.resolve("notes"), Gate.open());
        for (int i = 0; i < VIDEOS; i++) {
            VideoId id = VideoId.random();
            await(videos.create(new NewVideo(id, "film " + i, null, "film.mp4", 1000, 0, "user-" + i % USERS)));
            await(videos.uploaded(id, 1000));
            await(videos.plan(id, PLAN, TASKS));
        }
    }

    @AfterEach
    void close() throws IOException {
        await(pool.close());
        await(vertx.close());
        redis.stop();
    }

    @Test
    void noneOfTenThousandTasksOnTwoServersIsLostOrDoneTwice() throws IOException, InterruptedException {
        assertThat(ALL).isGreaterThanOrEqualTo(10_000);
        CountDownLatch unsettled = new CountDownLatch(VIDEOS);
        Consumer<JsonObject> heard = update -> {
            if (update.getString("stage").equals("done")) {
                unsettled.countDown();
            }
        };
        Spent before = spent();
        try (StubNode one = new StubNode("one", shared, data.resolve("one"), SLOTS, heard);
                StubNode two = new StubNode("two", shared, data.resolve("two"), SLOTS, heard)) {
            assertThat(unsettled.await(MINUTES, TimeUnit.MINUTES)).isTrue();
        }
        tellTheRate(before, spent());
        assertThat(await(count("videos WHERE status = 'COMPLETED'"))).isEqualTo(VIDEOS);
        assertThat(await(count("tasks"))).isEqualTo(ALL);
        assertThat(await(count("tasks WHERE attempt <> 1"))).isZero();
        assertThat(await(count("attempts"))).isZero();
        assertThat(await(count("(SELECT DISTINCT worker FROM tasks) w"))).isEqualTo(2);

        List<String> runs = Files.readAllLines(shared.notes());
        assertThat(runs).hasSize(ALL);
        assertThat(Set.copyOf(runs)).isEqualTo(ids());
        nothingIsLeftInTheQueue();
        everyFileIsThere();
    }

    /** Processor time of all that has a part in it, in seconds. */
    private record Spent(double java, double stubs, double postgres, double redis) {
        String since(Spent before) {
            return "java=%.2f stubs=%.2f postgres=%.2f redis=%.2f"
                    .formatted(
                            each(java - before.java),
                            each(stubs - before.stubs),
                            each(postgres - before.postgres),
                            each(redis - before.redis));
        }

        private static double each(double seconds) {
            return seconds * 1000 / ALL;
        }
    }

    private Spent spent() {
        long self = ProcessHandle.current().pid();
        Row backend = row("SELECT pg_backend_pid() AS pid");
        double postgres = CpuTime.ofTree(CpuTime.parent(backend.getInteger("pid")));
        return new Spent(CpuTime.own(self), CpuTime.ended(self), postgres, CpuTime.ofStarted(self));
    }

    private void tellTheRate(Spent before, Spent after) {
        double seconds = row("SELECT extract(epoch FROM max(finished_at) - min(started_at))::float8 AS s FROM tasks")
                .getDouble("s");
        System.out.printf(
                "BENCH tasks=%d seconds=%.1f rate=%.0f/s; CPU ms a task: %s%n",
                ALL, seconds, ALL / seconds, after.since(before));
        for (Row tenth : await(pool.query(TENTHS).execute())) {
            System.out.printf("BENCH tenth=%d rate=%.0f/s%n", tenth.getInteger("tenth"), tenth.getDouble("rate"));
        }
    }

    private Row row(String query) {
        return await(pool.query(query).execute()).iterator().next();
    }

    private Future<Long> count(String rows) {
        return pool.query("SELECT count(*) AS number FROM " + rows)
                .execute()
                .map(result -> result.iterator().next().getLong("number"));
    }

    private Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        for (Row row : await(pool.query("SELECT id FROM tasks").execute())) {
            ids.add(row.getLong("id").toString());
        }
        return ids;
    }

    private void nothingIsLeftInTheQueue() {
        RedisTaskQueue queue = new RedisTaskQueue(vertx, shared.redisUrl(), 1);
        assertThat(await(queue.depth()).values()).containsOnly(0L);
        await(queue.close());
    }

    private void everyFileIsThere() throws IOException {
        try (Stream<Path> files = Files.walk(shared.media())) {
            long segments =
                    files.filter(file -> file.toString().endsWith(".m4s")).count();
            long picture = (long) PLAN.chunks().segments() * PLAN.renditions().size();
            assertThat(segments).isEqualTo(VIDEOS * (picture + PLAN.audio().size()));
        }
    }
}
