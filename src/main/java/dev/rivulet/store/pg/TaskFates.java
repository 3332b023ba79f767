package dev.rivulet.store.pg;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoError;
import dev.rivulet.store.TaskStore.Fate;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides and records what becomes of a task whose attempt failed, within the transaction that locked it. */
final class TaskFates {
    /** Failures at the seam after which a longer lead-in is not tried any more. */
    private static final int SEAM_FAILURES = 2;

    /** What a video can be watched without. */
    private static final Set<TaskKind> OPTIONAL = Set.of(TaskKind.POSTER, TaskKind.SUBTITLES);

    private TaskFates() {}

    static Future<Fate> decide(SqlConnection connection, HeldTask task, TaskFailure failure, RetryPolicy policy) {
        FailureKind kind = failure.kind();
        HeldTask failed = task.failed(kind);
        // What fails on a part of the file says nothing about the file: it is done again when all of it is there.
        if (task.arriving()
                && (kind.counts() || policy.next(kind, failed.attempts(kind)).isEmpty())) {
            return record(connection, task, failure).compose(recorded -> again(connection, task, Duration.ZERO, true));
        }
        Optional<Duration> pause = policy.next(kind, failed.attempts(kind));
        boolean hopeless = task.kind() == TaskKind.CHUNK && (pause.isEmpty() || failed.seamFailures() >= SEAM_FAILURES);
        return record(connection, task, failure)
                .compose(recorded ->
                        hopeless ? SourceTurns.sequential(connection, task.video()) : Future.succeededFuture(false))
                .compose(reclassed -> {
                    if (reclassed) {
                        return Future.succeededFuture(new Fate.Reclassed());
                    }
                    return pause.isPresent()
                            ? again(connection, failed, pause.get(), false)
                            : giveUp(connection, failed, failure);
                });
    }

    /** What the public is told when a task is given up. */
    static VideoError error(TaskFailure failure) {
        return switch (failure.kind()) {
            case INPUT -> new VideoError(ErrorCode.CORRUPT_INPUT, "The file is damaged: " + failure.reason());
            case TIMEOUT -> new VideoError(ErrorCode.TIMED_OUT, "Encoding took too long: " + failure.reason());
            case TOOL, SEAM, MEMORY, STORAGE, LOST ->
                new VideoError(ErrorCode.ENCODE_FAILED, "Encoding failed: " + failure.reason());
        };
    }

    private static Future<Void> record(SqlConnection connection, HeldTask task, TaskFailure failure) {
        Tuple values = Tuple.of(
                task.id().value(),
                task.attempt(),
                task.worker(),
                failure.kind().name(),
                Json.storable(failure.reason()),
                Json.storable(failure.log()));
        return connection.preparedQuery(OutcomeSql.RECORD).execute(values).mapEmpty();
    }

    /** @param whole whether it is to wait for the whole file */
    private static Future<Fate> again(SqlConnection connection, HeldTask failed, Duration pause, boolean whole) {
        Tuple values = Tuple.of(
                failed.id().value(),
                failed.failures(),
                failed.seamFailures(),
                failed.memoryFailures(),
                pause.toMillis(),
                whole);
        return connection
                .preparedQuery(OutcomeSql.AGAIN)
                .execute(values)
                .map(rows -> new Fate.Again(
                        rows.iterator().next().getOffsetDateTime("not_before").toInstant()));
    }

    private static Future<Fate> giveUp(SqlConnection connection, HeldTask failed, TaskFailure failure) {
        Tuple values = Tuple.of(failed.id().value(), failed.failures(), failed.seamFailures(), failed.memoryFailures());
        return connection
                .preparedQuery(OutcomeSql.GIVE_UP)
                .execute(values)
                .compose(given -> OPTIONAL.contains(failed.kind())
                        ? Future.succeededFuture()
                        : abandon(
                                connection,
                                failed,
                                failed.kind() == TaskKind.CHUNK ? failed.tier() : null,
                                error(failure)))
                .map(new Fate.GivenUp());
    }

    /** @param tier the tier whose qualities cannot be made any more, null for all */
    private static Future<Void> abandon(
            SqlConnection connection, HeldTask task, @Nullable Integer tier, VideoError error) {
        Tuple qualities = Tuple.of(task.video().value(), tier, error.code().name(), Json.storable(error.message()));
        return connection
                .preparedQuery(OutcomeSql.FAIL_RENDITIONS)
                .execute(qualities)
                .compose(failed -> connection
                        .preparedQuery(OutcomeSql.CANCEL)
                        .execute(Tuple.of(task.video().value(), tier)))
                .mapEmpty();
    }
}
