package dev.rivulet.store.pg;

import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskSummaryContract;
import dev.rivulet.store.VideoStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgTaskSummaryIT extends TaskSummaryContract {
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
    protected ArrivalStore arrivals() {
        return new PgArrivalStore(database.pool, "test");
    }

    @Override
    protected void endPauses() {
        database.endPauses();
    }
}
