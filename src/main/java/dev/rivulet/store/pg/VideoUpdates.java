package dev.rivulet.store.pg;

import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.Update;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has been told of videos, numbered without gaps. */
final class VideoUpdates {
    /** So many of the newest updates of a video can be told again. */
    static final int KEPT = 200;

    private static final Set<VideoStatus> NOTHING_WANTED = Set.of(VideoStatus.FAILED, VideoStatus.CANCELLED);

    private final Pool pool;

    VideoUpdates(Pool pool) {
        this.pool = pool;
    }

    /** Changes the video and says so, under the lock of its row: two that say the same come one after the other. */
    Future<Optional<Update>> announce(VideoId id, Announcement announcement) {
        return pool.withTransaction(connection -> announce(connection, id, announcement));
    }

    /** The same within a transaction. */
    static Future<Optional<Update>> announce(SqlConnection connection, VideoId id, Announcement announcement) {
        return connection
                .preparedQuery(UpdateSql.LOCK)
                .execute(Tuple.of(id.value()))
                .map(rows -> rows.stream().findFirst().flatMap(row -> next(row, announcement)))
                .compose(next -> next.isPresent()
                        ? apply(connection, id, announcement, next.get())
                        : Future.succeededFuture(Optional.empty()));
    }

    Future<List<Update>> tell(Map<VideoId, Announcement> news) {
        List<Map.Entry<VideoId, Announcement>> all = List.copyOf(news.entrySet());
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(all.stream().map(each -> each.getKey().value()).toArray(UUID[]::new))
                .addArrayOfDouble(
                        all.stream().map(each -> each.getValue().progress()).toArray(Double[]::new));
        return pool.withTransaction(connection -> connection
                .preparedQuery(UpdateSql.MOVE_ON)
                .execute(values)
                .map(rows -> rows.stream().map(row -> update(row, news)).toList())
                .compose(updates -> say(connection, updates).map(updates)));
    }

    private static Update update(Row row, Map<VideoId, Announcement> news) {
        VideoId id = new VideoId(row.getUUID("id"));
        JsonObject body = UpdateBody.of(
                id,
                row.getLong("seq"),
                Objects.requireNonNull(news.get(id)),
                VideoStatus.valueOf(row.getString("status")),
                row.getDouble("progress"),
                row.getOffsetDateTime("updated_at").toInstant());
        return new Update(id, row.getLong("seq"), body);
    }

    private static Future<Void> say(SqlConnection connection, List<Update> updates) {
        Tuple values = Tuple.of(
                updates.stream().map(update -> update.video().value()).toArray(UUID[]::new),
                updates.stream().map(Update::seq).toArray(Long[]::new),
                updates.stream().map(update -> update.body().encode()).toArray(String[]::new),
                KEPT);
        return updates.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(UpdateSql.SAY_ALL).execute(values).mapEmpty();
    }

    Future<Set<String>> said(VideoId id) {
        return pool.preparedQuery(UpdateSql.SAID)
                .execute(Tuple.of(id.value()))
                .map(rows -> rows.stream().map(row -> row.getString("once_key")).collect(Collectors.toSet()));
    }

    /** The end of a video whose file is refused, unless it has been planned. */
    Future<Optional<Update>> refuse(VideoId id, VideoError error) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(UpdateSql.LOCK_UNPLANNED)
                .execute(Tuple.of(id.value()))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : announce(connection, id, Announcement.failed(VideoStatus.FAILED, error))));
    }

    /**
     * Changes title or description within a transaction, and says so if anything has changed.
     *
     * @param values of the statement
     */
    static Future<Optional<Update>> describe(SqlConnection connection, VideoId id, Tuple values) {
        return connection.preparedQuery(VideoSql.DESCRIBE).execute(values).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture(Optional.empty());
            }
            Row row = rows.iterator().next();
            return announce(connection, id, Announcement.renamed(row.getString("title"), row.getString("description")));
        });
    }

    /** The last update of a video whose removal is on record. */
    Future<Optional<Update>> removal(VideoId id) {
        return pool.preparedQuery(UpdateSql.REMOVAL)
                .execute(Tuple.of(id.value()))
                .map(rows -> rows.stream().findFirst().map(row -> {
                    long seq = row.getLong("seq");
                    JsonObject body = UpdateBody.of(
                            id,
                            seq,
                            Announcement.deleted(),
                            VideoStatus.valueOf(row.getString("status")),
                            row.getDouble("progress"),
                            row.getOffsetDateTime("at").toInstant());
                    return new Update(id, seq, body);
                }));
    }

    Future<Optional<List<Update>>> after(VideoId id, long seq) {
        return pool.preparedQuery(UpdateSql.AFTER)
                .execute(Tuple.of(id.value(), seq))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    long newest = rows.iterator().next().getLong("newest");
                    List<Update> updates = rows.stream()
                            .filter(row -> row.getLong("seq") != null)
                            .map(row -> new Update(id, row.getLong("seq"), new JsonObject(row.getString("body"))))
                            .toList();
                    return updates.size() == newest - seq ? Optional.of(updates) : Optional.empty();
                });
    }

    /** What a video becomes. */
    private record Next(VideoStatus status, double progress, boolean runBegins, @Nullable VideoError error) {}

    /** Empty when the move is illegal. Progress goes down only where a run begins. */
    private static Optional<Next> next(Row row, Announcement announcement) {
        VideoStatus before = VideoStatus.valueOf(row.getString("status"));
        VideoStatus wanted = announcement.status();
        if (wanted != null && !before.mayBecome(wanted)) {
            return Optional.empty();
        }
        VideoStatus status = wanted == null ? before : wanted;
        boolean runBegins = wanted == VideoStatus.PROCESSING || (before.settled() && !status.settled());
        double floor = runBegins ? 0 : row.getDouble("progress");
        double told = announcement.progress() == null ? floor : announcement.progress();
        double progress = wanted == VideoStatus.COMPLETED ? 100 : Math.min(100, Math.max(floor, told));
        VideoError kept = runBegins ? null : VideoRows.error(row);
        return Optional.of(
                new Next(status, progress, runBegins, announcement.error() == null ? kept : announcement.error()));
    }

    private static Future<Optional<Update>> apply(
            SqlConnection connection, VideoId id, Announcement announcement, Next next) {
        VideoError error = next.error();
        Tuple values = Tuple.of(id.value(), announcement.once())
                .addString(next.status().name())
                .addDouble(next.progress())
                .addBoolean(next.runBegins())
                .addBoolean(announcement.mark() == Mark.POSTER)
                .addBoolean(announcement.mark() == Mark.PREVIEWABLE)
                .addBoolean(announcement.mark() == Mark.STORYBOARD)
                .addString(error == null ? null : error.code().name())
                .addString(error == null ? null : Json.storable(error.message()))
                .addBoolean(next.status().settled());
        return connection.preparedQuery(UpdateSql.APPLY).execute(values).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture(Optional.empty());
            }
            Row row = rows.iterator().next();
            long seq = row.getLong("seq");
            JsonObject body = UpdateBody.of(
                    id,
                    seq,
                    announcement,
                    next.status(),
                    next.progress(),
                    row.getOffsetDateTime("updated_at").toInstant());
            return say(connection, id, seq, body, announcement.once())
                    .compose(said -> cancelTasks(connection, id, announcement.status()))
                    .map(Optional.of(new Update(id, seq, body)));
        });
    }

    private static Future<Void> say(
            SqlConnection connection, VideoId id, long seq, JsonObject body, @Nullable String once) {
        Tuple values = Tuple.of(id.value(), seq, body.encode(), once, seq - KEPT);
        return connection.preparedQuery(UpdateSql.SAY).execute(values).mapEmpty();
    }

    private static Future<Void> cancelTasks(SqlConnection connection, VideoId id, @Nullable VideoStatus status) {
        return status == null || !NOTHING_WANTED.contains(status)
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(UpdateSql.CANCEL_TASKS)
                        .execute(Tuple.of(id.value()))
                        .mapEmpty();
    }
}
