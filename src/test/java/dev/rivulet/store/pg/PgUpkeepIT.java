package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.UpkeepContract;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.testing.Futures;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgUpkeepIT extends UpkeepContract {
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
    protected Upkeep upkeep() {
        return new PgUpkeep(database.pool);
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
    protected UploadStore uploads() {
        return new PgUploadStore(database.pool, "test");
    }

    @Override
    protected void age(VideoId video, Duration age) {
        Tuple values = Tuple.of(video.value(), age.toMillis());
        for (String sql : new String[] {
            "UPDATE videos SET updated_at = updated_at - $2::bigint * interval '1 millisecond' WHERE id = $1",
            "UPDATE uploads SET expires_at = expires_at - $2::bigint * interval '1 millisecond' WHERE id = $1",
            "UPDATE removals SET at = at - $2::bigint * interval '1 millisecond' WHERE video_id = $1"
        }) {
            Futures.await(database.pool.preparedQuery(sql).execute(values));
        }
    }
}
