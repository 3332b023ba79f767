package dev.rivulet.store.pg;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.ArrivalStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Videos whose bytes arrive, in PostgreSQL. */
public final class PgArrivalStore implements ArrivalStore {
    private final Pool pool;
    private final String node;

    /**
     * @param pool on migrated tables; closed by its owner
     * @param node who we are: the same before and after a restart
     */
    public PgArrivalStore(Pool pool, String node) {
        this.pool = pool;
        this.node = node;
    }

    @Override
    public Future<Worth> arrived(VideoId video, long bytes) {
        return run(pool, ArrivalSql.ARRIVED, Tuple.of(video.value(), bytes)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> new Worth(row.getBoolean("look"), row.getBoolean("tasks")))
                .orElse(new Worth(false, false)));
    }

    @Override
    public Future<Optional<Unplanned>> unplanned(VideoId video) {
        return run(pool, ArrivalSql.UNPLANNED, Tuple.of(video.value(), node)).map(rows -> {
            List<Row> all = rows.stream().toList();
            return all.isEmpty() || all.stream().anyMatch(row -> row.getLong("length") == null)
                    ? Optional.empty()
                    : Optional.of(new Unplanned(
                            all.stream()
                                    .map(row -> new Part(new VideoId(row.getUUID("id")), row.getLong("length")))
                                    .toList(),
                            all.get(0).getLong("arrived"),
                            begun(all.get(0))));
        });
    }

    private static @Nullable Begun begun(Row row) {
        String plan = row.getString("plan");
        return plan == null
                ? null
                : new Begun(
                        Json.read(row.getString("early"), EarlySource.class),
                        Json.read(plan, MediaPlan.class),
                        row.getInteger("plan_number"));
    }

    @Override
    public Future<Void> lookFrom(VideoId video, long bytes) {
        return run(pool, ArrivalSql.LOOK_FROM, Tuple.of(video.value(), bytes)).mapEmpty();
    }

    @Override
    public Future<Boolean> plan(VideoId video, EarlySource source, MediaPlan plan, List<NewTask> tasks) {
        Tuple values = Tuple.of(video.value(), Json.write(plan), Json.write(source), plan.open());
        return pool.withTransaction(connection -> run(connection, ArrivalSql.PLAN, values)
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : PgVideoStore.work(connection, video, plan, tasks).map(true)));
    }

    @Override
    public Future<Boolean> extend(
            VideoId video, Begun before, EarlySource source, MediaPlan plan, List<NewTask> tasks) {
        Tuple values = Tuple.of(video.value(), Json.write(plan), Json.write(source), before.number());
        return pool.withTransaction(connection -> run(connection, ArrivalSql.EXTEND, values)
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : run(connection, ArrivalSql.ADD_TASKS, VideoParameters.tasks(video, tasks))
                                .map(true)));
    }

    @Override
    public Future<Boolean> complete(VideoId video, MediaPlan plan, List<NewTask> tasks) {
        return pool.withTransaction(connection -> run(
                        connection, ArrivalSql.COMPLETE, Tuple.of(video.value(), Json.write(plan)))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : run(connection, ArrivalSql.ADD_TASKS, VideoParameters.tasks(video, tasks))
                                .compose(added -> run(connection, ArrivalSql.MARK_SOUND, Tuple.of(video.value())))
                                .map(true)));
    }

    @Override
    public Future<Optional<EarlySource>> unconfirmed(VideoId video) {
        return run(pool, ArrivalSql.UNCONFIRMED, Tuple.of(video.value()))
                .map(rows ->
                        rows.stream().findFirst().map(row -> Json.read(row.getString("early"), EarlySource.class)));
    }

    @Override
    public Future<Void> confirm(VideoId video) {
        return run(pool, ArrivalSql.CONFIRM, Tuple.of(video.value())).mapEmpty();
    }

    @Override
    public Future<Void> disown(VideoId video) {
        return pool.withTransaction(connection -> run(connection, ArrivalSql.DISOWN, Tuple.of(video.value()))
                .compose(rows -> rows.rowCount() == 0 ? Future.succeededFuture() : dropped(connection, video)));
    }

    @Override
    public Future<Boolean> outdated(VideoId video) {
        return run(pool, ArrivalSql.OUTDATED, Tuple.of(video.value())).map(rows -> rows.size() > 0);
    }

    @Override
    public Future<Void> withdraw(VideoId video) {
        return pool.withTransaction(connection -> run(connection, ArrivalSql.WITHDRAW, Tuple.of(video.value()))
                .compose(rows -> rows.rowCount() == 0 ? Future.succeededFuture() : dropped(connection, video)));
    }

    @Override
    public Future<Void> beginAnew(VideoId video) {
        return run(pool, ArrivalSql.BEGIN_ANEW, Tuple.of(video.value())).mapEmpty();
    }

    private static Future<Void> dropped(SqlConnection connection, VideoId video) {
        Tuple id = Tuple.of(video.value());
        return run(connection, ArrivalSql.DROP_TASKS, id)
                .compose(done -> run(connection, ArrivalSql.DROP_RENDITIONS, id))
                .compose(done -> run(connection, ArrivalSql.SAY_AGAIN, id))
                .mapEmpty();
    }

    private static Future<RowSet<Row>> run(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }
}
