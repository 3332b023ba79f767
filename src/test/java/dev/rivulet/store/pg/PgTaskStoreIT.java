package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStoreContract;
import dev.rivulet.store.VideoStore;
import dev.rivulet.testing.Samples;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgTaskStoreIT extends TaskStoreContract {
    private static PgFixture database;

    @BeforeAll
    static void open() {
        database = new PgFixture();
    }

    @AfterAll
    static void close() {
        database.close();
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
    protected void endPauses() {
        database.endPauses();
    }

    /** What is being written may be that the lease is taken away. */
    @Test
    void aTaskThatIsJustBeingWrittenIsNeitherRenewedNorLost() {
        VideoId id = queued(Samples.plan(20));
        Lease held = claimed(id, TaskKind.CHUNK, 0, 0).lease();
        Lease other = claimed(id, TaskKind.CHUNK, 0, 1).lease();
        SqlConnection writer = await(database.pool.getConnection());
        Transaction transaction = await(writer.begin());
        await(writer.preparedQuery("UPDATE tasks SET lease_token = gen_random_uuid() WHERE id = $1")
                .execute(Tuple.of(held.task().value())));

        assertThat(await(tasks().renew(List.of(held, other), LEASE)))
                .isEqualTo(new TaskStore.Renewal(List.of(other), List.of()));

        await(transaction.commit());
        await(writer.close());
        assertThat(await(tasks().renew(List.of(held, other), LEASE)))
                .isEqualTo(new TaskStore.Renewal(List.of(other), List.of(held)));
    }
}
