package dev.rivulet.store.pg;

import dev.rivulet.store.TaskGroupContract;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgTaskGroupIT extends TaskGroupContract {
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
}
