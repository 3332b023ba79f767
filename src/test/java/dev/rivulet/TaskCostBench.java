package dev.rivulet;

import static dev.rivulet.testing.Futures.await;

import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.testing.CpuTime;
import dev.rivulet.testing.Gate;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.StubNode;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/**
 * What a task costs while 1,000 wait and while 100,000 wait, with a stub encoder, in turns in one run. Measures and asserts
 * nothing; run by {@code bench/tasks}.
 */
class TaskCostBench {
    private static final int SLOTS = 8;
    /** After the start of a server, which reads the plan of each film at its first task: told apart. */
    private static final int FIRST_TASKS = 500;

    private static final int TASKS_A_ROUND = 1000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 8);

    @TempDir
    Path data;

    @Test
    void manyVideos() throws Exception {
        compare("videos of 300 chunks", new Backlog(6, 300), new Backlog(336, 300));
    }

    @Test
    void oneVideo() throws Exception {
        compare("one video", new Backlog(1, 2000), new Backlog(1, 101_000));
    }

    private record Backlog(int videos, int chunks) {
        /** In the middle of a round. */
        int waiting() {
            return videos * chunks - FIRST_TASKS - TASKS_A_ROUND / 2;
        }
    }

    private record Round(Cost first, Cost then) {}

    /** Milliseconds for a task: of a clock, and of processors, of which these two are parts. */
    private record Cost(double wall, double cpu, double java, double postgres) {}

    private void compare(String what, Backlog small, Backlog large) throws Exception {
        List<Round> few = new ArrayList<>();
        List<Round> many = new ArrayList<>();
        try (Lane one = new Lane("small", small);
                Lane other = new Lane("large", large)) {
            other.fill();
            for (int round = 0; round <= ROUNDS; round++) {
                one.fill();
                boolean first = round % 2 == 0;
                Round before = (first ? one : other).round();
                Round after = (first ? other : one).round();
                one.empty();
                if (round > 0) {
                    few.add(first ? before : after);
                    many.add(first ? after : before);
                }
            }
        }
        print("%s: the first %d tasks of a server", what, FIRST_TASKS);
        tell(small, few, large, many, Round::first);
        print("%s: the next %d", what, TASKS_A_ROUND);
        tell(small, few, large, many, Round::then);
    }

    private static void tell(
            Backlog small, List<Round> fewRounds, Backlog large, List<Round> manyRounds, Function<Round, Cost> part) {
        List<Cost> few = fewRounds.stream().map(part).toList();
        List<Cost> many = manyRounds.stream().map(part).toList();
        print("  %d waiting: %s", small.waiting(), few);
        print("  %d waiting: %s", large.waiting(), many);
        print(
                "  ratio of the medians: CPU %.2f, wall clock %.2f",
                median(many.stream().map(Cost::cpu).toList())
                        / median(few.stream().map(Cost::cpu).toList()),
                median(many.stream().map(Cost::wall).toList())
                        / median(few.stream().map(Cost::wall).toList()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(format, values));
    }

    /** A database and a queue with a backlog; its server lives for a round at a time, so that nobody else is at work. */
    private final class Lane implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final PgDatabase database = TestServers.database();
        private final Pool pool = database.pool(vertx, 2);
        private final PgVideoStore videos = new PgVideoStore(pool, "stub");
        private final int port = TestServers.freePort();
        private final RedisServer redis = TestServers.redis(port);
        private final Path folder;
        private final Backlog backlog;
        private final MediaPlan plan;
        private final long postgres;

        Lane(String name, Backlog backlog) {
            this.folder = data.resolve(name + "-" + backlog.videos);
            this.backlog = backlog;
            this.plan = Samples.lowest(backlog.chunks);
            this.postgres = CpuTime.parent(
                    await(pool.query("SELECT pg_backend_pid() AS pid").execute())
                            .iterator()
                            .next()
                            .getInteger("pid"));
        }

        /** What is not a chunk is done: rounds are to be alike. */
        void fill() {
            List<NewTask> tasks = NewTask.of(plan);
            for (int i = 0; i < backlog.videos; i++) {
                VideoId id = VideoId.random();
                await(videos.create(new NewVideo(id, "film", null, "film.mp4", 1000, 0, "user-" + i % 5)));
                await(videos.uploaded(id, 1000));
                await(videos.plan(id, plan, tasks));
            }
            await(pool.query("UPDATE tasks SET state = 'DONE', result = '{\"type\": \"poster\", \"bytes\": 1}'"
                            + " WHERE kind = 'POSTER' AND state = 'WAITING'")
                    .execute());
            await(pool.query("VACUUM ANALYZE").execute());
        }

        void empty() {
            await(pool.query("DELETE FROM videos").execute());
            await(pool.query("VACUUM").execute());
        }

        Round round() throws InterruptedException {
            Gate gate = new Gate(SLOTS);
            StubNode.Shared shared = new StubNode.Shared(
                    database, "redis://127.0.0.1:" + port, folder.resolve("media"), folder.resolve("notes"), gate);
            try (StubNode node = new StubNode("bench", shared, folder.resolve("work"), SLOTS, update -> {})) {
                gate.let(2 * SLOTS);
                Round round = new Round(cost(gate, FIRST_TASKS), cost(gate, TASKS_A_ROUND));
                gate.end();
                return round;
            }
        }

        private Cost cost(Gate gate, int tasks) throws InterruptedException {
            long self = ProcessHandle.current().pid();
            double all = all(self);
            double java = CpuTime.own(self);
            double database = CpuTime.ofTree(postgres);
            long begun = System.nanoTime();
            gate.let(tasks);
            double wall = (System.nanoTime() - begun) / 1e6;
            return new Cost(
                    rounded(wall / tasks),
                    rounded((all(self) - all) * 1000 / tasks),
                    rounded((CpuTime.own(self) - java) * 1000 / tasks),
                    rounded((CpuTime.ofTree(postgres) - database) * 1000 / tasks));
        }

        private double all(long self) {
            return CpuTime.ofTree(self) + CpuTime.ofTree(postgres);
        }

        private static double rounded(double millis) {
            return Math.round(millis * 100) / 100.0;
        }

        @Override
        public void close() throws IOException {
            await(pool.close());
            await(vertx.close());
            redis.stop();
        }
    }
}
