package dev.rivulet.store.pg;

import dev.rivulet.store.ClusterLock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.function.Supplier;

/**
 * An advisory lock that a transaction holds while the work is done on other connections. PostgreSQL ends a transaction that
 * is idle for too long, and with it the lock of a node that was stopped.
 */
public final class PgClusterLock implements ClusterLock {
    private final Pool pool;
    private final long key;

    /**
     * @param pool on the database that the nodes share; closed by its owner
     * @param key number of the lock in that database
     */
    public PgClusterLock(Pool pool, long key) {
        this.pool = pool;
        this.key = key;
    }

    @Override
    public Future<Boolean> alone(Supplier<Future<Void>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("SELECT pg_try_advisory_xact_lock($1) AS won")
                .execute(Tuple.of(key))
                .compose(rows -> rows.iterator().next().getBoolean("won")
                        ? work.get().map(true)
                        : Future.succeededFuture(false)));
    }
}
