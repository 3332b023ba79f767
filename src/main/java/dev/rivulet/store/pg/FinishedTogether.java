package dev.rivulet.store.pg;

import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.MezzanineMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.pg.FinishGroups.Finished;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are recorded in one transaction, as if they were recorded one after the other. Those that do not fit what is
 * there, or change more than their own row, are left out.
 */
final class FinishedTogether {
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Place, ChunkMade> made = new HashMap<>();
    private final Map<Place, Map<String, @Nullable String>> inits = new HashMap<>();
    private final Map<Finished, Finish> told = new IdentityHashMap<>();
    private final Map<Long, Finished> fitting = new HashMap<>();

    /** A chunk; with a negative number its tier. */
    private record Place(VideoId video, int tier, int chunk) {
        Place at(int other) {
            return new Place(video, tier, other);
        }

        Place whole() {
            return at(-1);
        }
    }

    private FinishedTogether(RowSet<Row> held) {
        for (Row row : held) {
            rows.put(row.getLong("id"), row);
            if (TaskRows.kind(row) == TaskKind.CHUNK) {
                read(row);
            }
        }
    }

    private void read(Row row) {
        Place place = new Place(TaskRows.video(row), row.getInteger("tier"), row.getInteger("chunk"));
        if (TaskState.valueOf(row.getString("state")) == TaskState.DONE) {
            made.put(place, (ChunkMade) Json.read(row.getString("result"), TaskResult.class));
        }
        String digests = row.getString("inits");
        if (digests != null) {
            inits.computeIfAbsent(place.whole(), tier -> new HashMap<>(Json.read(digests, FinishedTask.DIGESTS)));
        }
    }

    /** Locks, decides and records; tells of those that are not left out. */
    static Future<Map<Finished, Finish>> record(SqlConnection connection, List<Finished> group) {
        Long[] tasks = group.stream()
                .map(finished -> finished.lease().task().value())
                .distinct()
                .toArray(Long[]::new);
        return connection
                .preparedQuery(OutcomeSql.LOCK_VIDEOS)
                .execute(Tuple.of(tasks))
                .compose(locked ->
                        connection.preparedQuery(OutcomeSql.HELD_TOGETHER).execute(Tuple.of(tasks)))
                .map(FinishedTogether::new)
                .compose(all -> {
                    group.forEach(all::decide);
                    return all.done(connection).map(all.told);
                });
    }

    private void decide(Finished finished) {
        Row row = rows.get(finished.lease().task().value());
        UUID token = row == null ? null : row.getUUID("lease_token");
        if (row == null || !finished.lease().token().equals(token)) {
            told.put(finished, new Finish.Stale());
        } else if (!fitting.containsKey(row.getLong("id")) && fits(finished.result(), row)) {
            fitting.put(row.getLong("id"), finished);
        }
    }

    private boolean fits(TaskResult result, Row row) {
        if (TaskOutcomes.kind(result) != TaskRows.kind(row) || result instanceof MezzanineMade) {
            return false;
        }
        return !(result instanceof ChunkMade chunk) || fits(chunk, row);
    }

    private boolean fits(ChunkMade chunk, Row row) {
        Place place = new Place(TaskRows.video(row), row.getInteger("tier"), row.getInteger("chunk"));
        Map<String, @Nullable String> digests = inits.computeIfAbsent(place.whole(), tier -> new HashMap<>());
        ChunkVerdict verdict = ChunkVerdict.of(
                chunk, digests, made.get(place.at(place.chunk() - 1)), made.get(place.at(place.chunk() + 1)));
        if (!(verdict instanceof ChunkVerdict.Fits)) {
            return false;
        }
        made.put(place, chunk);
        chunk.qualities().forEach((quality, run) -> digests.put(quality, run.initSha256()));
        return true;
    }

    private Future<Void> done(SqlConnection connection) {
        if (fitting.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Long> ids = new ArrayList<>();
        List<String> results = new ArrayList<>();
        List<Integer> segments = new ArrayList<>();
        List<Long> makers = new ArrayList<>();
        List<String> qualities = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        fitting.forEach((id, finished) -> {
            ids.add(id);
            results.add(Json.write(finished.result()));
            segments.add(FinishedTask.soundSegments(finished.result()));
            Map<String, StoredRun> runs = finished.result() instanceof ChunkMade chunk ? chunk.qualities() : Map.of();
            runs.forEach((quality, run) -> {
                makers.add(id);
                qualities.add(quality);
                digests.add(run.initSha256());
            });
        });
        Tuple values = Tuple.tuple()
                .addArrayOfLong(ids.toArray(Long[]::new))
                .addArrayOfString(results.toArray(String[]::new))
                .addArrayOfInteger(segments.toArray(Integer[]::new))
                .addArrayOfLong(makers.toArray(Long[]::new))
                .addArrayOfString(qualities.toArray(String[]::new))
                .addArrayOfString(digests.toArray(String[]::new));
        return connection
                .preparedQuery(OutcomeSql.DONE_TOGETHER)
                .execute(values)
                .map(recorded -> {
                    recorded.forEach(row -> {
                        Finished finished = fitting.get(row.getLong("id"));
                        if (finished != null) {
                            told.put(finished, new Finish.Accepted(row.getBoolean("last")));
                        }
                    });
                    return null;
                });
    }
}
