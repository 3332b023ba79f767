package dev.rivulet.store.pg;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task that has just been made, with all that decides whether it fits; everything is locked.
 *
 * @param inits digests of the initialization segments of a chunk's qualities, null where none is recorded yet
 * @param before the finished chunk before it
 * @param after the finished chunk after it
 */
record FinishedTask(
        HeldTask held, Map<String, @Nullable String> inits, @Nullable Neighbour before, @Nullable Neighbour after) {
    static final TypeReference<Map<String, @Nullable String>> DIGESTS = new TypeReference<>() {};

    /** A finished chunk beside the one that has just been made. */
    record Neighbour(HeldTask held, ChunkMade made) {}

    /** Locks the task and its neighbours; empty when the lease is no longer the task's. */
    static Future<Optional<FinishedTask>> hold(SqlConnection connection, Lease lease) {
        return connection
                .preparedQuery(OutcomeSql.HELD_BETWEEN)
                .execute(Tuple.of(lease.task().value(), lease.token()))
                .map(rows -> rows.stream()
                        .filter(row -> row.getLong("id") == lease.task().value())
                        .findFirst()
                        .map(row -> of(row, rows)));
    }

    private static FinishedTask of(Row row, RowSet<Row> all) {
        HeldTask held = HeldTask.of(row);
        String inits = row.getString("inits");
        return new FinishedTask(
                held,
                inits == null ? Map.of() : Json.read(inits, DIGESTS),
                neighbour(all, held.chunk() - 1),
                neighbour(all, held.chunk() + 1));
    }

    private static @Nullable Neighbour neighbour(RowSet<Row> all, int chunk) {
        for (Row row : all) {
            if (row.getInteger("chunk") == chunk) {
                ChunkMade made = (ChunkMade) Json.read(row.getString("result"), TaskResult.class);
                return new Neighbour(HeldTask.of(row), made);
            }
        }
        return null;
    }

    /** Records the result; true when it was the last of its kind and tier. */
    Future<Boolean> done(SqlConnection connection, TaskResult result) {
        List<Map.Entry<String, StoredRun>> runs =
                result instanceof ChunkMade made ? List.copyOf(made.qualities().entrySet()) : List.of();
        Tuple values = Tuple.of(
                held.id().value(),
                Json.write(result),
                soundSegments(result),
                runs.stream().map(Map.Entry::getKey).toArray(String[]::new),
                runs.stream().map(run -> run.getValue().initSha256()).toArray(String[]::new));
        return connection.preparedQuery(OutcomeSql.DONE).execute(values).map(rows -> rows.iterator()
                .next()
                .getBoolean("last"));
    }

    static int soundSegments(TaskResult result) {
        return result instanceof AudioMade sound
                ? sound.renditions().values().stream()
                        .mapToInt(run -> run.segments().size())
                        .min()
                        .orElse(0)
                : 0;
    }
}
