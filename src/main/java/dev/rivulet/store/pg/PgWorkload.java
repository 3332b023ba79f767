package dev.rivulet.store.pg;

import dev.rivulet.store.Workload;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL knows of the work. */
public final class PgWorkload implements Workload {
    private final Pool pool;

    /** @param pool on migrated tables; closed by its owner */
    public PgWorkload(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<Counts> counts() {
        return pool.withConnection(PgWorkload::counts);
    }

    /** {@inheritDoc} One connection, one look after the other: looking is less urgent than working. */
    @Override
    public Future<Overview> overview(int limit) {
        Tuple rows = Tuple.of(limit);
        return pool.withConnection(connection -> counts(connection).compose(counts -> run(
                        connection, WorkloadSql.RUNNING, rows)
                .compose(running -> run(connection, WorkloadSql.IN_WORK, rows).compose(inWork -> run(
                                connection, WorkloadSql.TROUBLED, rows)
                        .compose(troubled -> run(connection, WorkloadSql.NEWEST_FAILURE, Tuple.tuple())
                                .map(newest -> WorkloadRows.overview(counts, running, inWork, troubled, newest)))))));
    }

    @Override
    public Future<FailurePage> failures(int limit, @Nullable String after) {
        // One row more than asked for tells whether there is another page.
        Tuple values = Tuple.of(limit + 1);
        if (after == null) {
            return run(pool, WorkloadSql.FIRST_FAILURES, values).map(rows -> page(rows, limit));
        }
        return Future.succeededFuture(after).map(FailureCursor::parse).compose(cursor -> {
            values.addOffsetDateTime(cursor.time()).addLong(cursor.task()).addInteger(cursor.attempt());
            return run(pool, WorkloadSql.NEXT_FAILURES, values).map(rows -> page(rows, limit));
        });
    }

    private static Future<Counts> counts(SqlClient client) {
        return run(client, WorkloadSql.TASKS, Tuple.tuple())
                .compose(tasks -> run(client, WorkloadSql.VIDEOS, Tuple.tuple())
                        .map(videos -> new Counts(WorkloadRows.tasks(tasks), WorkloadRows.videos(videos))));
    }

    private static FailurePage page(RowSet<Row> rows, int limit) {
        List<Row> all = rows.stream().toList();
        List<Row> shown = all.subList(0, Math.min(limit, all.size()));
        String next = all.size() > limit
                ? FailureCursor.of(shown.get(shown.size() - 1)).text()
                : null;
        return new FailurePage(shown.stream().map(WorkloadRows::failure).toList(), next);
    }

    private static Future<RowSet<Row>> run(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }
}
