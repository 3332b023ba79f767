package dev.rivulet.store.pg;

import dev.rivulet.testing.Futures;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** A fresh database and a pool on it, for one test class. */
final class PgFixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    final Pool pool = TestServers.database().pool(vertx, 8);
    final PgVideoStore videos = new PgVideoStore(pool, "test");
    final PgTaskStore tasks = new PgTaskStore(videos);
    final PgWorkload workload = new PgWorkload(pool);

    /** Makes the time of every waiting task come. */
    void endPauses() {
        Futures.await(pool.query("UPDATE tasks SET not_before = clock_timestamp() WHERE state = 'WAITING'")
                .execute());
    }

    /** Makes the time of every failed join come. */
    void endJoinPauses() {
        Futures.await(pool.query("UPDATE renditions SET join_after = NULL").execute());
    }

    @Override
    public void close() {
        Futures.await(pool.close());
        Futures.await(vertx.close());
    }
}
