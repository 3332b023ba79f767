package dev.rivulet.store.pg;

import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.MezzanineMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records how claimed tasks ended, one at a time for each video. */
final class TaskOutcomes {
    private final Pool pool;

    TaskOutcomes(Pool pool) {
        this.pool = pool;
    }

    Future<Finish> finish(Lease lease, TaskResult result, RetryPolicy policy) {
        return pool.withTransaction(connection -> hold(connection, lease).compose(held -> {
            if (held.isEmpty()) {
                return Future.succeededFuture(new Finish.Stale());
            }
            HeldTask task = held.get();
            if (kind(result) != task.kind()) {
                throw new IllegalArgumentException("task " + task.id() + " makes a " + task.kind());
            }
            if (result instanceof ChunkMade made) {
                return finishChunk(connection, task, made, policy);
            }
            Future<Void> done = done(connection, task, result);
            return (result instanceof MezzanineMade made
                            ? done.compose(recorded -> SourceTurns.end(connection, task.video(), made.frames()))
                            : done)
                    .map(new Finish.Accepted());
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
        long task = lease.task().value();
        return connection
                .preparedQuery(OutcomeSql.LOCK_VIDEO)
                .execute(Tuple.of(task))
                .compose(locked -> connection.preparedQuery(OutcomeSql.HELD).execute(Tuple.of(task, lease.token())))
                .map(rows -> rows.stream().map(HeldTask::of).findFirst());
    }

    private static Future<Finish> finishChunk(
            SqlConnection connection, HeldTask task, ChunkMade made, RetryPolicy policy) {
        return inits(connection, task)
                .compose(inits -> neighbours(connection, task).compose(neighbours -> {
                    Neighbour next = neighbours.get(task.chunk() + 1);
                    ChunkVerdict verdict =
                            ChunkVerdict.of(made, inits, made(neighbours.get(task.chunk() - 1)), made(next));
                    if (verdict instanceof ChunkVerdict.Misfit misfit) {
                        return redo(connection, task, misfit.failure(), policy);
                    }
                    Future<Void> recorded =
                            setInits(connection, task, made).compose(set -> done(connection, task, made));
                    Neighbour before = neighbours.get(task.chunk() - 1);
                    if (verdict instanceof ChunkVerdict.BeforeMisfit misfit && before != null) {
                        return recorded.compose(done -> redo(connection, before.task(), misfit.failure(), policy));
                    }
                    return verdict instanceof ChunkVerdict.NextMisfit misfit && next != null
                            ? recorded.compose(done -> redo(connection, next.task(), misfit.failure(), policy))
                            : recorded.map(new Finish.Accepted());
                }));
    }

    private static Future<Finish> redo(
            SqlConnection connection, HeldTask task, TaskFailure failure, RetryPolicy policy) {
        return TaskFates.decide(connection, task, failure, policy).map(fate -> new Finish.Redo(task.id(), fate));
    }

    private static Future<Map<String, @Nullable String>> inits(SqlConnection connection, HeldTask task) {
        return connection
                .preparedQuery(OutcomeSql.INITS)
                .execute(Tuple.of(task.video().value(), task.tier()))
                .map(rows -> {
                    Map<String, @Nullable String> inits = new HashMap<>();
                    rows.forEach(row -> inits.put(row.getString("quality"), row.getString("init_sha256")));
                    return inits;
                });
    }

    /** A finished chunk beside the one that has just been made. */
    private record Neighbour(HeldTask task, ChunkMade made) {
        static Neighbour of(Row row) {
            return new Neighbour(HeldTask.of(row), (ChunkMade) Json.read(row.getString("result"), TaskResult.class));
        }
    }

    private static Future<Map<Integer, Neighbour>> neighbours(SqlConnection connection, HeldTask task) {
        return connection
                .preparedQuery(OutcomeSql.NEIGHBOURS)
                .execute(Tuple.of(task.video().value(), task.tier(), task.chunk()))
                .map(rows -> {
                    Map<Integer, Neighbour> neighbours = new HashMap<>();
                    rows.forEach(row -> neighbours.put(row.getInteger("chunk"), Neighbour.of(row)));
                    return neighbours;
                });
    }

    private static @Nullable ChunkMade made(@Nullable Neighbour neighbour) {
        return neighbour == null ? null : neighbour.made();
    }

    private static Future<Void> setInits(SqlConnection connection, HeldTask task, ChunkMade made) {
        List<Map.Entry<String, StoredRun>> runs = List.copyOf(made.qualities().entrySet());
        String[] qualities = runs.stream().map(Map.Entry::getKey).toArray(String[]::new);
        String[] digests = runs.stream().map(run -> run.getValue().initSha256()).toArray(String[]::new);
        return connection
                .preparedQuery(OutcomeSql.SET_INITS)
                .execute(Tuple.of(task.video().value(), qualities, digests))
                .mapEmpty();
    }

    private static Future<Void> done(SqlConnection connection, HeldTask task, TaskResult result) {
        return connection
                .preparedQuery(OutcomeSql.DONE)
                .execute(Tuple.of(task.id().value(), Json.write(result), soundSegments(result)))
                .mapEmpty();
    }

    private static TaskKind kind(TaskResult result) {
        if (result instanceof ChunkMade) {
            return TaskKind.CHUNK;
        } else if (result instanceof AudioMade) {
            return TaskKind.AUDIO;
        } else if (result instanceof SubtitlesMade) {
            return TaskKind.SUBTITLES;
        }
        return result instanceof MezzanineMade ? TaskKind.MEZZANINE : TaskKind.POSTER;
    }

    private static int soundSegments(TaskResult result) {
        return result instanceof AudioMade sound
                ? sound.renditions().values().stream()
                        .mapToInt(run -> run.segments().size())
                        .min()
                        .orElse(0)
                : 0;
    }
}
