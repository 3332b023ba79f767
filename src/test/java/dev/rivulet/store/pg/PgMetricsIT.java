package dev.rivulet.store.pg;

import dev.rivulet.store.MetricsContract;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.metrics.RecoveryMetrics;
import dev.rivulet.store.metrics.TaskMetrics;
import dev.rivulet.store.metrics.VideoMetrics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgMetricsIT extends MetricsContract {
    private static PgFixture database;

    private final VideoStore videos = VideoMetrics.of(database.videos, registry);
    private final Upkeep upkeep = RecoveryMetrics.of(new PgUpkeep(database.pool), registry);
    private final TaskStore tasks = TaskMetrics.of(database.tasks, registry);

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
        return videos;
    }

    @Override
    protected TaskStore tasks() {
        return tasks;
    }

    @Override
    protected Upkeep upkeep() {
        return upkeep;
    }

    @Override
    protected void endPauses() {
        database.endPauses();
    }
}
