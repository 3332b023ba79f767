package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.Retry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins what has failed of a video again, and says so, in one transaction under the lock of the video. */
final class Retries {
    private final Pool pool;

    Retries(Pool pool) {
        this.pool = pool;
    }

    Future<Retry> retry(VideoId id, @Nullable String quality) {
        return pool.withTransaction(connection -> run(connection, RetrySql.STATE, Tuple.of(id.value(), quality))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(new Retry.Unknown())
                        : decide(connection, id, quality, rows.iterator().next())));
    }

    private static Future<Retry> decide(SqlConnection connection, VideoId id, @Nullable String quality, Row row) {
        VideoStatus status = VideoStatus.valueOf(row.getString("status"));
        boolean unplanned = !row.getBoolean("planned");
        boolean nothingFailed = row.getLong("failed") == 0;
        if (quality != null && !unplanned && row.getLong("known") == 0) {
            return Future.succeededFuture(new Retry.Refused());
        }
        return switch (status) {
            case UPLOADING, CANCELLED -> Future.succeededFuture(new Retry.Refused());
            case COMPLETED -> Future.succeededFuture(new Retry.Nothing());
            case PROCESSING, READY ->
                nothingFailed
                        ? Future.succeededFuture(new Retry.Working())
                        : begin(connection, id, quality, row, status);
            case PARTIAL, FAILED -> {
                if (!row.getBoolean("tidied")) {
                    yield Future.succeededFuture(new Retry.Untidied());
                }
                if (nothingFailed && !(unplanned && status == VideoStatus.FAILED)) {
                    yield Future.succeededFuture(new Retry.Nothing());
                }
                yield begin(connection, id, quality, row, status);
            }
        };
    }

    private static Future<Retry> begin(
            SqlConnection connection, VideoId id, @Nullable String quality, Row row, VideoStatus before) {
        VideoStatus next = row.getBoolean("watchable") ? VideoStatus.READY : VideoStatus.PROCESSING;
        return run(connection, RetrySql.RENDITIONS, Tuple.of(id.value(), quality))
                .compose(renditions -> {
                    Integer[] tiers = renditions.stream()
                            .map(rendition -> rendition.getInteger("tier"))
                            .distinct()
                            .toArray(Integer[]::new);
                    boolean preview = renditions.stream().anyMatch(rendition -> rendition.getInteger("position") == 0);
                    return run(connection, RetrySql.TASKS, Tuple.of(id.value()).addArrayOfInteger(tiers))
                            .compose(tasks -> before.settled()
                                    ? run(connection, RetrySql.MEZZANINE, Tuple.of(id.value()))
                                    : Future.succeededFuture(tasks))
                            .compose(tasks -> run(connection, RetrySql.UNSAY, Tuple.of(id.value(), preview)))
                            .compose(said -> preview
                                    ? run(connection, RetrySql.NO_PREVIEW, Tuple.of(id.value()))
                                    : Future.succeededFuture(said));
                })
                .compose(begun -> VideoUpdates.announce(connection, id, announcement(before.settled() ? next : null)))
                .map(update -> new Retry.Begun(update.orElseThrow()));
    }

    private static Announcement announcement(@Nullable VideoStatus next) {
        return new Announcement("processing", null, next, null, Mark.NOTHING, null, Map.of());
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values);
    }
}
