package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.publish.PublishParts;
import dev.rivulet.publish.PublishVerticle;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.disk.DiskMediaFiles;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One database with one video, whose rows can be put back to what they were; the stages that need no ffmpeg are real. */
final class Lane implements AutoCloseable {
    private static final List<String> TABLES = List.of("videos", "renditions", "tasks", "attempts", "updates");

    private static final String PUT_BACK =
            """
            CREATE FUNCTION put_back(v text, r text, t text, a text, u text) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                DELETE FROM videos;
                INSERT INTO videos SELECT * FROM jsonb_populate_recordset(NULL::videos, v::jsonb);
                INSERT INTO renditions SELECT * FROM jsonb_populate_recordset(NULL::renditions, r::jsonb);
                INSERT INTO tasks SELECT * FROM jsonb_populate_recordset(NULL::tasks, t::jsonb);
                PERFORM setval('tasks_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM tasks));
                INSERT INTO attempts SELECT * FROM jsonb_populate_recordset(NULL::attempts, a::jsonb);
                INSERT INTO updates SELECT * FROM jsonb_populate_recordset(NULL::updates, u::jsonb);
            END $$
            """;

    static final VideoId ID = VideoId.random();

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestServers.database().pool(vertx, 4);
    private final AtomicReference<MediaFiles> disk = new AtomicReference<>();
    private final Bus bus = new Bus(vertx);
    private final Path folder;
    final PgVideoStore videos = new PgVideoStore(pool, "test");
    final PgTaskStore tasks = new PgTaskStore(videos);

    Lane(Path folder) {
        this.folder = folder;
        // Thousands of states a minute: what a crash of PostgreSQL would lose is not what this is about.
        await(pool.query(
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$")
                .execute());
        await(pool.query(PUT_BACK).execute());
        MediaFiles files = (MediaFiles) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MediaFiles.class}, (self, method, args) -> {
                    try {
                        return method.invoke(disk.get(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        await(vertx.deployVerticle(new PublishVerticle(
                new PublishParts(bus, videos, tasks, files, Duration.ofMinutes(1)), true, InstantSource.system())));
    }

    /** The rows of all tables as they are. */
    record Rows(List<String> tables) {}

    Rows rows() {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (String table : TABLES) {
            sql.append(sql.length() > 7 ? ", " : "")
                    .append("coalesce((SELECT jsonb_agg(t ORDER BY t::text) FROM ")
                    .append(table)
                    .append(" t), '[]')::text");
        }
        Row row = await(pool.query(sql.toString()).execute()).iterator().next();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < TABLES.size(); i++) {
            tables.add(row.getString(i));
        }
        return new Rows(tables);
    }

    /** Puts the rows back. A video that was deleted here may be stored for again. */
    void restore(Rows rows) {
        disk.set(new DiskMediaFiles(vertx, folder));
        Tuple values = Tuple.tuple();
        rows.tables().forEach(values::addString);
        await(pool.preparedQuery("SELECT put_back($1, $2, $3, $4, $5)").execute(values));
    }

    void begin() {
        await(videos.create(new NewVideo(ID, "A film", null, "film.mp4", 1000, 0, "local")));
    }

    boolean plan(MediaPlan plan) {
        return await(videos.plan(ID, plan, NewTask.of(plan)));
    }

    void publish() {
        await(bus.ask(
                Address.PUBLISH_VIDEO.text(),
                new Contract.PublishVideo(ID),
                Duration.ofSeconds(20),
                Contract.Done.class));
    }

    /** Time passes until every pause is over. */
    void endPauses() {
        sql("UPDATE tasks SET not_before = clock_timestamp() WHERE state = 'WAITING'");
        sql("UPDATE renditions SET join_after = NULL");
    }

    /** Time passes until every lease is over, and recovery looks. */
    void expire() {
        sql("UPDATE tasks SET lease_until = clock_timestamp() - interval '1 s' WHERE state = 'RUNNING'");
        sql("UPDATE renditions SET join_until = clock_timestamp() - interval '1 s' WHERE state = 'JOINING'");
        await(tasks.reclaimExpired());
    }

    private void sql(String statement) {
        await(pool.query(statement).execute());
    }

    @Override
    public void close() {
        await(pool.close());
        await(vertx.close());
    }
}
