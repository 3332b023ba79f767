package dev.rivulet.store.pg;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Tasks in PostgreSQL. */
public final class PgTaskStore implements TaskStore {
    private final Pool pool;
    private final TaskOutcomes outcomes;
    private final FinishGroups finishes;
    private final KnownPlans known;

    /** @param videos whose tasks they are: a plan that one of both has read is known to the other */
    public PgTaskStore(PgVideoStore videos) {
        this.pool = videos.pool();
        this.known = videos.plans();
        this.outcomes = new TaskOutcomes(pool);
        this.finishes = new FinishGroups(pool, outcomes);
    }

    @Override
    public Future<List<Offer>> topUp(Collection<VideoId> videos, int window) {
        UUID[] ids = videos.stream().map(VideoId::value).toArray(UUID[]::new);
        return pool.withTransaction(connection -> connection
                .preparedQuery(TaskSql.LOCK_ACTIVE_VIDEOS)
                .execute(Tuple.of((Object) ids))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new))
                .compose(locked -> locked.length == 0
                        ? Future.succeededFuture(List.of())
                        : connection
                                .preparedQuery(TaskSql.TOP_UP)
                                .execute(Tuple.of(locked, (long) window))
                                .map(rows -> rows.stream().map(TaskRows::offer).toList())));
    }

    @Override
    public Future<List<Claim>> claim(List<TaskId> tasks, String worker, Duration lease) {
        Long[] ids = tasks.stream().map(TaskId::value).toArray(Long[]::new);
        return run(TaskSql.CLAIM, Tuple.of(ids, worker, lease.toMillis()))
                .compose(rows -> plans(rows).map(plans -> rows.stream()
                        // What has no plan any more has just been deleted.
                        .filter(row -> plans.containsKey(TaskRows.video(row)))
                        .map(row -> TaskRows.claim(row, Objects.requireNonNull(plans.get(TaskRows.video(row)))))
                        .toList()));
    }

    /** {@inheritDoc} A row that is just being written is in neither list. */
    @Override
    public Future<Renewal> renew(List<Lease> leases, Duration lease) {
        Tuple values = Tuple.of(
                leases.stream().map(held -> held.task().value()).toArray(Long[]::new),
                leases.stream().map(Lease::token).toArray(UUID[]::new),
                lease.toMillis());
        return run(TaskSql.RENEW, values).map(rows -> {
            Map<UUID, Boolean> renewed = new HashMap<>();
            rows.forEach(row -> renewed.put(row.getUUID("lease_token"), row.getBoolean("renewed")));
            return new Renewal(
                    leases.stream()
                            .filter(held -> Boolean.TRUE.equals(renewed.get(held.token())))
                            .toList(),
                    leases.stream()
                            .filter(held -> !renewed.containsKey(held.token()))
                            .toList());
        });
    }

    @Override
    public Future<Boolean> tick(Lease lease, double fraction, int segments) {
        double sane = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
        Tuple values = Tuple.of(lease.task().value(), lease.token(), (float) sane, Math.max(0, segments));
        return run(TaskSql.TICK, values).map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Future<Finish> finish(Lease lease, TaskResult result, RetryPolicy policy) {
        return finishes.finish(lease, result, policy);
    }

    @Override
    public Future<Fate> fail(Lease lease, TaskFailure failure, RetryPolicy policy) {
        return outcomes.fail(lease, failure, policy);
    }

    /** {@inheritDoc} The task is WAITING then: the next {@link #topUp} offers it. */
    @Override
    public Future<Void> release(Lease lease) {
        return run(TaskSql.RELEASE, Tuple.of(lease.task().value(), lease.token()))
                .mapEmpty();
    }

    @Override
    public Future<List<VideoId>> reclaim(String worker) {
        return run(TaskSql.RECLAIM_OF_WORKER, Tuple.of(FailureKind.LOST.name(), "its process ended", worker))
                .map(rows -> rows.stream().map(TaskRows::video).toList());
    }

    @Override
    public Future<List<VideoId>> reclaimExpired() {
        return run(TaskSql.RECLAIM_EXPIRED, Tuple.of(FailureKind.LOST.name(), "the lease expired"))
                .map(rows -> rows.stream().map(TaskRows::video).toList());
    }

    @Override
    public Future<List<Offer>> queued() {
        return run(TaskSql.QUEUED, Tuple.tuple())
                .map(rows -> rows.stream().map(TaskRows::offer).toList());
    }

    @Override
    public Future<WorkSummary> summary(VideoId video) {
        return run(TaskSql.SUMMARY, Tuple.of(video.value())).map(TaskRows::summary);
    }

    @Override
    public Future<Map<Integer, ChunkMade>> chunks(VideoId video, int tier, int first) {
        return run(TaskSql.CHUNKS, Tuple.of(video.value(), tier, first)).map(rows -> {
            Map<Integer, ChunkMade> chunks = new TreeMap<>();
            rows.forEach(row -> chunks.put(row.getInteger("chunk"), result(row, ChunkMade.class)));
            return chunks;
        });
    }

    @Override
    public Future<List<TaskRow>> tasks(VideoId video) {
        return run(TaskSql.TASKS, Tuple.of(video.value())).map(TaskRows::tasks);
    }

    @Override
    public Future<Optional<AudioMade>> audio(VideoId video) {
        return run(TaskSql.RESULT, Tuple.of(video.value(), TaskKind.AUDIO.name()))
                .map(rows ->
                        rows.stream().map(row -> result(row, AudioMade.class)).reduce(AudioMade::and));
    }

    @Override
    public Future<Boolean> renewSound(VideoId video) {
        return run(ArrivalSql.RENEW_SOUND, Tuple.of(video.value())).map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Future<Optional<SubtitlesMade>> subtitles(VideoId video) {
        return result(video, TaskKind.SUBTITLES, SubtitlesMade.class);
    }

    /** The plans of the videos of claimed tasks; only those that are new are read. */
    private Future<Map<VideoId, MediaPlan>> plans(RowSet<Row> claimed) {
        Map<VideoId, MediaPlan> plans = new HashMap<>();
        Set<UUID> unread = new HashSet<>();
        for (Row row : claimed) {
            KnownPlans.Known plan = known.find(TaskRows.video(row));
            if (plan != null && plan.number() == row.getInteger("plan_number")) {
                plans.put(TaskRows.video(row), plan.plan());
            } else {
                unread.add(row.getUUID("video_id"));
            }
        }
        return unread.isEmpty()
                ? Future.succeededFuture(plans)
                : run(TaskSql.PLANS, Tuple.of((Object) unread.toArray(UUID[]::new)))
                        .map(rows -> {
                            rows.forEach(row -> plans.put(TaskRows.video(row), keep(row)));
                            return plans;
                        });
    }

    private MediaPlan keep(Row row) {
        MediaPlan plan = Json.read(row.getString("plan"), MediaPlan.class);
        known.keep(TaskRows.video(row), row.getInteger("plan_number"), plan);
        return plan;
    }

    private <R extends TaskResult> Future<Optional<R>> result(VideoId video, TaskKind kind, Class<R> type) {
        return run(TaskSql.RESULT, Tuple.of(video.value(), kind.name()))
                .map(rows -> rows.stream().map(row -> result(row, type)).findFirst());
    }

    private static <R extends TaskResult> R result(Row row, Class<R> type) {
        return type.cast(Json.read(row.getString("result"), TaskResult.class));
    }

    private Future<RowSet<Row>> run(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values);
    }
}
