package dev.rivulet.store.pg;

import dev.rivulet.store.UploadStore;
import dev.rivulet.store.UploadStoreContract;
import dev.rivulet.store.VideoStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgUploadStoreIT extends UploadStoreContract {
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
    protected UploadStore uploads() {
        return new PgUploadStore(database.pool, "test");
    }

    @Override
    protected UploadStore elsewhere() {
        return new PgUploadStore(database.pool, "another");
    }

    @Override
    protected VideoStore videos() {
        return database.videos;
    }
}
