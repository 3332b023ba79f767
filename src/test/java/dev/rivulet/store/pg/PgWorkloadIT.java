package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.Workload;
import dev.rivulet.store.WorkloadContract;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PgWorkloadIT extends WorkloadContract {
    private static PgFixture database;
    private static PgFixture busy;

    @BeforeAll
    static void open() {
        database = new PgFixture();
        busy = new PgFixture();
        fill();
    }

    @AfterAll
    static void close() {
        database.close();
        busy.close();
    }

    @Override
    protected VideoStore videos() {
        return database.videos;
    }

    @Override
    protected TaskStore tasks() {
        return database.tasks;
    }

    @Override
    protected Workload workload() {
        return database.workload;
    }

    @Override
    protected void endPauses() {
        database.endPauses();
    }

    /** 100,000 waiting tasks of 1,000 videos, among many videos and tasks that are settled and have failed before. */
    private static void fill() {
        for (String sql : new String[] {
            """
            INSERT INTO videos (id, title, file_name, status, user_id)
            SELECT gen_random_uuid(), 'v', 'v.mp4',
                   CASE WHEN n % 20 = 0 THEN 'PROCESSING' WHEN n % 40 = 1 THEN 'FAILED' ELSE 'COMPLETED' END, 'local'
            FROM generate_series(1, 20000) n
            """,
            """
            INSERT INTO tasks (video_id, kind, tier, chunk, class, state, weight, result)
            SELECT id, 'CHUNK', 0, n, n % 4, CASE status WHEN 'FAILED' THEN 'DONE' ELSE 'WAITING' END, 1,
                   CASE status WHEN 'FAILED' THEN '{}'::jsonb END
            FROM videos, generate_series(1, 100) n WHERE status <> 'COMPLETED'
            """,
            """
            INSERT INTO attempts (task_id, attempt, worker, kind, reason, log)
            SELECT id, n, 'w', 'TOOL', 'exit 1', 'x' FROM tasks, generate_series(1, 2) n WHERE state = 'DONE'
            """,
            "VACUUM ANALYZE"
        }) {
            await(busy.pool.query(sql).execute());
        }
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                Arguments.of("tasks", WorkloadSql.TASKS),
                Arguments.of("videos", WorkloadSql.VIDEOS),
                Arguments.of("running", WorkloadSql.RUNNING),
                Arguments.of("in work", WorkloadSql.IN_WORK),
                Arguments.of("troubled", WorkloadSql.TROUBLED),
                Arguments.of("newest failure", WorkloadSql.NEWEST_FAILURE),
                Arguments.of("first failures", WorkloadSql.FIRST_FAILURES),
                Arguments.of("next failures", WorkloadSql.NEXT_FAILURES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("looks")
    void noLookReadsAWholeTableHoweverMuchThereIs(String look, String sql) {
        String filled = sql.replace("$1", "50")
                .replace("$2", "now()")
                .replace("$3", "1")
                .replace("$4", "1");
        String plan = await(busy.pool.query("EXPLAIN (ANALYZE) " + filled).execute()).stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
        assertThat(plan)
                .as(look)
                .contains("Index")
                .doesNotContain("Seq Scan on tasks", "Seq Scan on attempts", "Seq Scan on videos")
                // An index that is read from one end to the other and filtered is no better.
                .doesNotContain("Rows Removed by Filter");
    }
}
