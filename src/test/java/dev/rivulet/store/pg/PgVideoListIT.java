package dev.rivulet.store.pg;

import dev.rivulet.store.VideoListContract;
import dev.rivulet.store.VideoStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgVideoListIT extends VideoListContract {
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
