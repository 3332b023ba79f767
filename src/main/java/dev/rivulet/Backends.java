package dev.rivulet;

import dev.rivulet.config.Settings;
import dev.rivulet.embedded.EmbeddedPostgres;
import dev.rivulet.embedded.EmbeddedRedis;
import dev.rivulet.embedded.StartException;
import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.ClusterLock;
import dev.rivulet.store.ImportStore;
import dev.rivulet.store.Outages;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.Workload;
import dev.rivulet.store.disk.DiskMediaFiles;
import dev.rivulet.store.metrics.RecoveryMetrics;
import dev.rivulet.store.metrics.TaskMetrics;
import dev.rivulet.store.metrics.VideoMetrics;
import dev.rivulet.store.pg.PgArrivalStore;
import dev.rivulet.store.pg.PgClusterLock;
import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.store.pg.PgImportStore;
import dev.rivulet.store.pg.PgOutage;
import dev.rivulet.store.pg.PgTaskStore;
import dev.rivulet.store.pg.PgUpkeep;
import dev.rivulet.store.pg.PgUploadStore;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.store.pg.PgWorkload;
import dev.rivulet.store.redis.RedisTaskQueue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers and folders behind a server, in the order of a start. */
record Backends(Vertx vertx, Settings settings, Closing closing) {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
    private static final int CONNECTIONS = 16;
    /** Ours alone in the database that we share with nobody. */
    private static final long RECOVERING = 1;

    /**
     * Starts what is embedded, migrates the database, and checks that everything answers; blocks.
     *
     * @param node who we are, the same before and after a restart
     */
    Stores open(Path data, String node) {
        PgDatabase database = database(postgres(data));
        LOG.info("postgresql {}", database);
        Pool pool = database.pool(vertx, CONNECTIONS);
        closing.addEnding("PostgreSQL pool", pool::close);
        String redisUrl = redis(data).url();
        RedisTaskQueue queue = queue(redisUrl);
        LOG.info("redis {}", new Settings.Redis(redisUrl));
        PgVideoStore rows = new PgVideoStore(pool, node);
        VideoStore videos = VideoMetrics.of(rows, Meters.registry());
        TaskStore tasks = TaskMetrics.of(new PgTaskStore(rows), Meters.registry());
        Upkeep upkeep = RecoveryMetrics.of(new PgUpkeep(pool), Meters.registry());
        WorkFolders folders = new WorkFolders(data.resolve("work"));
        DiskMediaFiles media = new DiskMediaFiles(vertx, data.resolve("media"));
        Room room = new Room(vertx, folders, media, settings.encode().minFreeBytes());
        return new Stores(
                Outages.told(VideoStore.class, videos, "PostgreSQL", PgOutage::is),
                Outages.told(UploadStore.class, new PgUploadStore(pool, node), "PostgreSQL", PgOutage::is),
                Outages.told(ArrivalStore.class, new PgArrivalStore(pool, node), "PostgreSQL", PgOutage::is),
                new Arrivals(),
                Outages.told(ImportStore.class, new PgImportStore(pool, node), "PostgreSQL", PgOutage::is),
                Outages.told(TaskStore.class, tasks, "PostgreSQL", PgOutage::is),
                Outages.told(Workload.class, new PgWorkload(pool), "PostgreSQL", PgOutage::is),
                Outages.told(TaskQueue.class, queue, "Redis", failure -> true),
                room.files(),
                folders,
                Outages.told(Upkeep.class, upkeep, "PostgreSQL", PgOutage::is),
                Outages.told(ClusterLock.class, new PgClusterLock(pool, RECOVERING), "PostgreSQL", PgOutage::is),
                room);
    }

    private static PgDatabase database(Settings.Postgres postgres) {
        try {
            PgDatabase database = PgDatabase.of(postgres);
            database.migrate();
            return database;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StartException(
                    "cannot use PostgreSQL: " + e.getMessage()
                            + "; see postgres.url, postgres.user and postgres.password",
                    e);
        }
    }

    private RedisTaskQueue queue(String url) {
        String advice = "; start it, or set another redis.url, or none for the embedded one";
        try {
            RedisTaskQueue queue = new RedisTaskQueue(vertx, url, 2);
            closing.addEnding("Redis client", queue::close);
            queue.ping()
                    .timeout(10, TimeUnit.SECONDS)
                    .recover(away -> Future.failedFuture(new StartException(
                            "cannot use " + new Settings.Redis(url) + ": " + away.getMessage() + advice, away)))
                    .await();
            return queue;
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "cannot use " + new Settings.Redis(url) + ": it is not redis://:password@host:port" + advice, e);
        }
    }

    private Settings.Postgres postgres(Path data) {
        if (!settings.postgres().embedded()) {
            return settings.postgres();
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(data);
        closing.addLastWord(server::abandon);
        return closing.add("embedded PostgreSQL", server).connection();
    }

    private Settings.Redis redis(Path data) {
        return settings.redis().embedded()
                ? closing.add("embedded Redis", EmbeddedRedis.start(data)).connection()
                : settings.redis();
    }
}
