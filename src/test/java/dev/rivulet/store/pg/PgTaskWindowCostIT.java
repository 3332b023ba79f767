package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database reads to fill windows while many tasks wait. */
class PgTaskWindowCostIT {
    private static final long WINDOW = 16;

    /** As many as are filled together, and one very long one. */
    @ParameterizedTest
    @CsvSource({"300, 300, 50", "1, 60000, 1"})
    void onlyWhatComesIntoThemIsReadHoweverMuchWaits(int videos, int chunks, int filled) {
        try (PgFixture database = new PgFixture()) {
            run(
                    database,
                    "INSERT INTO videos (id, title, file_name, status, user_id) SELECT gen_random_uuid(), 'v', 'v.mp4',"
                            + " 'PROCESSING', 'local' FROM generate_series(1, $1)",
                    Tuple.of(videos));
            run(
                    database,
                    "INSERT INTO tasks (video_id, kind, tier, chunk, class, weight)"
                            + " SELECT id, 'CHUNK', 0, n, 1, 1 FROM videos, generate_series(0, $1 - 1) n",
                    Tuple.of(chunks));
            await(database.pool.query("VACUUM ANALYZE").execute());
            UUID[] ids = StreamSupport.stream(
                            run(database, "SELECT id FROM videos ORDER BY id LIMIT $1", Tuple.of(filled))
                                    .spliterator(),
                            false)
                    .map(row -> row.getUUID("id"))
                    .toArray(UUID[]::new);
            assertThat(ids).hasSize(filled);
            String plan = StreamSupport.stream(
                            run(database, "EXPLAIN (ANALYZE) " + TaskSql.TOP_UP, Tuple.of(ids, WINDOW))
                                    .spliterator(),
                            false)
                    .map(row -> row.getString(0))
                    .collect(Collectors.joining("\n"));
            long queued = run(database, "SELECT count(*) FROM tasks WHERE state = 'QUEUED'", Tuple.tuple())
                    .iterator()
                    .next()
                    .getLong(0);
            assertThat(queued).isEqualTo(filled * WINDOW);
            assertThat(plan).doesNotContain("Seq Scan on tasks");
        }
    }

    private static Iterable<Row> run(PgFixture database, String sql, Tuple values) {
        return await(database.pool.preparedQuery(sql).execute(values));
    }
}
