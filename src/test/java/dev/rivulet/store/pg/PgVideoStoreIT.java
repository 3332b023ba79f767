package dev.rivulet.store.pg;

import dev.rivulet.store.VideoStore;
import dev.rivulet.store.VideoStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgVideoStoreIT extends VideoStoreContract {
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
}
