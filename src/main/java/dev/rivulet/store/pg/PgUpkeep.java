package dev.rivulet.store.pg;

import dev.rivulet.config.Settings.Retention;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Upkeep;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Housekeeping's questions to PostgreSQL. */
public final class PgUpkeep implements Upkeep {
    private final Pool pool;

    /** @param pool on migrated tables; closed by its owner */
    public PgUpkeep(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<Map<VideoId, VideoStatus>> states(Collection<VideoId> videos) {
        return run(UpkeepSql.STATES, ids(videos)).map(rows -> rows.stream()
                .collect(Collectors.toMap(PgUpkeep::id, row -> VideoStatus.valueOf(row.getString("status")))));
    }

    @Override
    public Future<List<Lease>> leases(Collection<TaskId> tasks) {
        Tuple values = Tuple.of(tasks.stream().map(TaskId::value).toArray(Long[]::new));
        return run(UpkeepSql.LEASES, values).map(rows -> rows.stream()
                .map(row ->
                        new Lease(new TaskId(row.getLong("id")), row.getUUID("lease_token"), row.getInteger("attempt")))
                .toList());
    }

    @Override
    public Future<List<Aged>> removals(Duration age, int limit) {
        return run(UpkeepSql.REMOVALS, Tuple.of(age.toMillis(), limit)).map(PgUpkeep::aged);
    }

    @Override
    public Future<Set<VideoId>> removed(Collection<VideoId> videos) {
        return run(UpkeepSql.REMOVED, ids(videos))
                .map(rows -> rows.stream().map(PgUpkeep::id).collect(Collectors.toSet()));
    }

    @Override
    public Future<Void> forget(Collection<VideoId> removed) {
        return run(UpkeepSql.FORGET, ids(removed)).mapEmpty();
    }

    @Override
    public Future<List<Aged>> silent(Duration silence, int limit) {
        return run(UpkeepSql.SILENT, Tuple.of(silence.toMillis(), limit)).map(PgUpkeep::aged);
    }

    @Override
    public Future<Boolean> abandon(VideoId video, Duration silence) {
        return run(UpkeepSql.ABANDON, Tuple.of(silence.toMillis(), video.value()))
                .map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Future<List<Aged>> lapsed(int limit) {
        return run(UpkeepSql.LAPSED, Tuple.of(limit)).map(PgUpkeep::aged);
    }

    @Override
    public Future<Boolean> lapse(VideoId upload) {
        return run(UpkeepSql.LAPSE, Tuple.of(upload.value())).map(rows -> rows.size() > 0);
    }

    @Override
    public Future<List<Aged>> expired(Retention retention, int limit) {
        return run(UpkeepSql.EXPIRED, values(retention).addInteger(limit)).map(PgUpkeep::aged);
    }

    @Override
    public Future<Boolean> expire(VideoId video, Retention retention) {
        return run(UpkeepSql.EXPIRE, values(retention).addUUID(video.value())).map(rows -> rows.rowCount() > 0);
    }

    private static Tuple values(Retention retention) {
        return Tuple.of(retention.completed().toMillis(), retention.failed().toMillis());
    }

    private static Tuple ids(Collection<VideoId> videos) {
        return Tuple.of(videos.stream().map(VideoId::value).toArray(UUID[]::new));
    }

    private static List<Aged> aged(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new Aged(id(row), Duration.ofMillis(row.getLong("age"))))
                .toList();
    }

    private static VideoId id(Row row) {
        return new VideoId(row.getUUID("id"));
    }

    private Future<RowSet<Row>> run(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values);
    }
}
