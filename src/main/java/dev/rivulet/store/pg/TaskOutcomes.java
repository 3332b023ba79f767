package dev.rivulet.store.pg;

import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.MezzanineMade;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records how claimed tasks ended, one at a time for each video. */
final class TaskOutcomes {
    private final Pool pool;

    TaskOutcomes(Pool pool) {
        this.pool = pool;
    }

    Future<Finish> finish(Lease lease, TaskResult result, RetryPolicy policy) {
        return pool.withTransaction(connection -> lockVideo(connection, lease)
                .compose(locked -> FinishedTask.hold(connection, lease))
                .compose(held -> {
                    if (held.isEmpty()) {
                        return Future.succeededFuture(new Finish.Stale());
                    }
                    FinishedTask task = held.get();
                    if (kind(result) != task.held().kind()) {
                        throw new IllegalArgumentException("task " + task.held().id() + " makes a "
                                + task.held().kind());
                    }
                    if (result instanceof ChunkMade made) {
                        return finishChunk(connection, task, made, policy);
                    }
                    Future<Boolean> done = task.done(connection, result);
                    return (result instanceof MezzanineMade made
                                    ? done.compose(last -> SourceTurns.end(
                                                    connection, task.held().video(), made.frames())
                                            .map(last))
                                    : done)
                            .map(Finish.Accepted::new);
                }));
    }

    Future<Fate> fail(Lease lease, TaskFailure failure, RetryPolicy policy) {
        return pool.withTransaction(connection -> hold(connection, lease)
                .compose(held -> held.isPresent()
                        ? TaskFates.decide(connection, held.get(), failure, policy)
                        : Future.succeededFuture(new Fate.Stale())));
    }

    /** Locks the video, then the task; empty when the lease is no longer the task's. */
    private static Future<Optional<HeldTask>> hold(SqlConnection connection, Lease lease) {
        return lockVideo(connection, lease)
                .compose(locked -> connection
                        .preparedQuery(OutcomeSql.HELD)
                        .execute(Tuple.of(lease.task().value(), lease.token())))
                .map(rows -> rows.stream().map(HeldTask::of).findFirst());
    }

    private static Future<Void> lockVideo(SqlConnection connection, Lease lease) {
        return connection
                .preparedQuery(OutcomeSql.LOCK_VIDEO)
                .execute(Tuple.of(lease.task().value()))
                .mapEmpty();
    }

    private static Future<Finish> finishChunk(
            SqlConnection connection, FinishedTask task, ChunkMade made, RetryPolicy policy) {
        ChunkVerdict verdict = ChunkVerdict.of(made, task.inits(), made(task.before()), made(task.after()));
        if (verdict instanceof ChunkVerdict.Misfit misfit) {
            return redo(connection, task.held(), misfit.failure(), policy);
        }
        Future<Boolean> recorded = task.done(connection, made);
        FinishedTask.Neighbour before = task.before();
        FinishedTask.Neighbour after = task.after();
        if (verdict instanceof ChunkVerdict.BeforeMisfit misfit && before != null) {
            return recorded.compose(done -> redo(connection, before.held(), misfit.failure(), policy));
        }
        return verdict instanceof ChunkVerdict.NextMisfit misfit && after != null
                ? recorded.compose(done -> redo(connection, after.held(), misfit.failure(), policy))
                : recorded.map(Finish.Accepted::new);
    }

    private static @Nullable ChunkMade made(FinishedTask.@Nullable Neighbour neighbour) {
        return neighbour == null ? null : neighbour.made();
    }

    private static Future<Finish> redo(
            SqlConnection connection, HeldTask task, TaskFailure failure, RetryPolicy policy) {
        return TaskFates.decide(connection, task, failure, policy)
                .map(fate -> new Finish.Redo(task.id(), failure.kind(), fate));
    }

    static TaskKind kind(TaskResult result) {
        if (result instanceof ChunkMade) {
            return TaskKind.CHUNK;
        } else if (result instanceof AudioMade) {
            return TaskKind.AUDIO;
        } else if (result instanceof SubtitlesMade) {
            return TaskKind.SUBTITLES;
        }
        return result instanceof MezzanineMade ? TaskKind.MEZZANINE : TaskKind.POSTER;
    }
}
