package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static dev.rivulet.testing.Futures.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.store.ClusterLock;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with one PostgreSQL. */
class PgClusterLockIT {
    private final Vertx vertx = Vertx.vertx();
    private final PgDatabase database = TestServers.database();
    private final Pool first = database.pool(vertx, 2);
    private final Pool second = database.pool(vertx, 2);
    private final ClusterLock one = new PgClusterLock(first, 1);
    private final ClusterLock other = new PgClusterLock(second, 1);

    @AfterEach
    void close() {
        await(first.close());
        await(second.close());
        await(vertx.close());
    }

    @Test
    void oneAtATimeAndTheOthersDoNotWait() {
        Promise<Void> begun = Promise.promise();
        Promise<Void> end = Promise.promise();
        Future<Boolean> working = one.alone(() -> {
            begun.complete();
            return end.future();
        });
        await(begun.future());
        assertThat(await(other.alone(() -> Future.failedFuture("not to be done"))))
                .isFalse();
        assertThat(await(new PgClusterLock(second, 2).alone(Future::succeededFuture)))
                .isTrue();
        end.complete();
        assertThat(await(working)).isTrue();
        assertThat(await(other.alone(Future::succeededFuture))).isTrue();
    }

    @Test
    void workThatFailsLetsGo() {
        assertThat(failure(one.alone(() -> Future.failedFuture("away")))).hasMessage("away");
        assertThat(await(other.alone(Future::succeededFuture))).isTrue();
    }

    /** As a node does that is stopped. */
    @Test
    void whoSaysNothingForLongLosesIt() {
        Promise<Void> never = Promise.promise();
        Promise<Void> begun = Promise.promise();
        Future<Boolean> stopped = one.alone(() -> {
            begun.complete();
            return never.future();
        });
        await(begun.future());
        until(() -> other.alone(Future::succeededFuture));
        never.complete();
        assertThat(failure(stopped)).isNotNull();
    }

    @Test
    void whoGoesAwayLosesIt() {
        Promise<Void> begun = Promise.promise();
        one.alone(() -> {
                    begun.complete();
                    return Promise.<Void>promise().future();
                })
                .onFailure(gone -> assertThat(gone).isNotNull());
        await(begun.future());
        await(second.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .execute());
        until(() -> other.alone(Future::succeededFuture));
    }
}
