package dev.rivulet.store.pg;

import dev.rivulet.job.JoinFate;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.Retry;
import dev.rivulet.store.Underway;
import dev.rivulet.store.Update;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Videos in PostgreSQL. */
public final class PgVideoStore implements VideoStore {
    private static final int LONGEST_PAGE = 100;

    private final Pool pool;
    private final String node;
    private final VideoUpdates updates;
    private final KnownPlans plans = new KnownPlans();

    /**
     * @param pool on migrated tables; closed by its owner
     * @param node who we are: the same before and after a restart
     */
    public PgVideoStore(Pool pool, String node) {
        this.pool = pool;
        this.node = node;
        this.updates = new VideoUpdates(pool);
    }

    Pool pool() {
        return pool;
    }

    KnownPlans plans() {
        return plans;
    }

    @Override
    public Future<Void> create(NewVideo video) {
        return run(pool, VideoSql.CREATE, VideoParameters.created(video, node)).mapEmpty();
    }

    @Override
    public Future<Boolean> uploaded(VideoId id, long fileSize) {
        return run(pool, VideoSql.UPLOADED, Tuple.of(id.value(), fileSize)).map(PgVideoStore::changed);
    }

    @Override
    public Future<Optional<Video>> find(VideoId id) {
        return find(pool, id);
    }

    @Override
    public Future<Optional<Video>> outline(VideoId id) {
        KnownPlans.Known known = plans.find(id);
        return run(pool, VideoSql.OUTLINE, Tuple.of(id.value(), KnownPlans.number(known)))
                .map(rows -> rows.stream().findFirst().map(row -> {
                    int number = row.getInteger("plan_number");
                    boolean same = number == KnownPlans.number(known);
                    Video video = VideoRows.video(row, known != null && same ? known.plan() : null);
                    if (!same && video.plan() != null) {
                        plans.keep(id, number, video.plan());
                    }
                    return video;
                }));
    }

    @Override
    public Future<List<Underway>> underway(Collection<VideoId> videos) {
        UUID[] ids = videos.stream().map(VideoId::value).toArray(UUID[]::new);
        return run(pool, VideoSql.UNDERWAY, Tuple.of((Object) ids))
                .map(rows -> rows.stream().map(VideoRows::underway).toList());
    }

    @Override
    public Future<VideoPage> list(Wanted wanted, int limit, @Nullable String after) {
        VideoStatus status = wanted.status();
        int size = Math.max(1, Math.min(limit, LONGEST_PAGE));
        Tuple values = Tuple.of(size + 1).addArrayOfString(VideoParameters.patterns(wanted.words()));
        if (status != null) {
            values.addString(status.name());
        }
        if (after != null) {
            PageCursor cursor;
            try {
                cursor = PageCursor.parse(after);
            } catch (IllegalArgumentException e) {
                return Future.failedFuture(e);
            }
            values.addOffsetDateTime(cursor.time()).addUUID(cursor.id());
        }
        return run(pool, page(status != null, after != null), values)
                .map(rows -> rows.stream().map(VideoRows::video).toList())
                .map(videos -> videos.size() > size
                        ? new VideoPage(
                                videos.subList(0, size),
                                PageCursor.of(videos.get(size - 1)).text())
                        : new VideoPage(videos, null));
    }

    @Override
    public Future<Optional<Described>> describe(VideoId id, @Nullable String title, @Nullable String description) {
        Tuple values = Tuple.of(
                id.value(),
                title == null ? null : Json.storable(title),
                description == null ? null : Json.storable(description));
        return pool.withTransaction(
                connection -> VideoUpdates.describe(connection, id, values).compose(update -> find(connection, id)
                        .map(found -> found.map(video -> new Described(video, update)))));
    }

    @Override
    public Future<Void> prioritize(VideoId id, int priority) {
        return run(pool, VideoSql.PRIORITIZE, Tuple.of(id.value(), priority)).mapEmpty();
    }

    @Override
    public Future<Boolean> plan(VideoId id, MediaPlan plan, List<NewTask> tasks) {
        return pool.withTransaction(connection -> run(connection, VideoSql.PLAN, Tuple.of(id.value(), Json.write(plan)))
                .compose(rows ->
                        changed(rows) ? work(connection, id, plan, tasks).map(true) : Future.succeededFuture(false)));
    }

    /** Writes the qualities and tasks of a plan that has just been written. */
    static Future<Void> work(SqlClient connection, VideoId id, MediaPlan plan, List<NewTask> tasks) {
        return run(connection, VideoSql.PLAN_RENDITIONS, VideoParameters.renditions(id, plan))
                .compose(made -> run(connection, VideoSql.PLAN_TASKS, VideoParameters.tasks(id, tasks)))
                .mapEmpty();
    }

    @Override
    public Future<Optional<Update>> announce(VideoId id, Announcement announcement) {
        return updates.announce(id, announcement);
    }

    @Override
    public Future<List<Update>> tell(Map<VideoId, Announcement> news) {
        return updates.tell(news);
    }

    @Override
    public Future<Set<String>> said(VideoId id) {
        return updates.said(id);
    }

    @Override
    public Future<Optional<Update>> refuse(VideoId id, VideoError error) {
        return updates.refuse(id, error);
    }

    @Override
    public Future<Optional<List<Update>>> updatesAfter(VideoId id, long seq) {
        return updates.after(id, seq);
    }

    @Override
    public Future<Optional<Update>> removal(VideoId id) {
        return updates.removal(id);
    }

    @Override
    public Future<Optional<UUID>> claimJoin(VideoId id, String quality, Duration lease) {
        return run(pool, JoinSql.CLAIM, Tuple.of(id.value(), quality, lease.toMillis(), node))
                .map(rows -> rows.stream().map(row -> row.getUUID("join_token")).findFirst());
    }

    @Override
    public Future<Boolean> renewJoin(VideoId id, String quality, UUID token, Duration lease) {
        return run(pool, JoinSql.RENEW, Tuple.of(id.value(), quality, token, lease.toMillis()))
                .map(PgVideoStore::changed);
    }

    @Override
    public Future<Integer> releaseJoins() {
        return run(pool, JoinSql.RELEASE_ALL, Tuple.of(node)).map(RowSet::rowCount);
    }

    @Override
    public Future<List<VideoId>> arriving() {
        return run(pool, VideoSql.ARRIVING, Tuple.of(node)).map(PgVideoStore::ids);
    }

    @Override
    public Future<Boolean> joined(VideoId id, String quality, UUID token, RenditionRow.JoinedFigures figures) {
        Tuple values = Tuple.of(id.value(), quality, token)
                .addLong(figures.peakBandwidth())
                .addLong(figures.averageBandwidth())
                .addString(figures.codecs())
                .addLong(figures.mp4Bytes());
        return run(pool, VideoSql.JOINED, values).map(PgVideoStore::changed);
    }

    @Override
    public Future<Void> releaseJoin(VideoId id, String quality, UUID token) {
        return run(pool, JoinSql.RELEASE, Tuple.of(id.value(), quality, token)).mapEmpty();
    }

    @Override
    public Future<Void> failQualities(VideoId id, List<String> qualities, VideoError error) {
        return run(pool, VideoSql.FAIL_QUALITIES, VideoParameters.failing(id, qualities, error))
                .mapEmpty();
    }

    @Override
    public Future<JoinFate> joinFailed(VideoId id, String quality, UUID token, VideoError error) {
        return new JoinFates(pool).failed(id, quality, token, error);
    }

    @Override
    public Future<Retry> retry(VideoId id, @Nullable String quality) {
        return new Retries(pool).retry(id, quality);
    }

    @Override
    public Future<Void> tidied(VideoId id, VideoStatus status) {
        return run(pool, VideoSql.TIDIED, Tuple.of(id.value(), status.name())).mapEmpty();
    }

    @Override
    public Future<Boolean> discard(VideoId id) {
        return run(pool, VideoSql.DISCARD, Tuple.of(id.value())).map(PgVideoStore::changed);
    }

    @Override
    public Future<Boolean> abandon(VideoId id) {
        return run(pool, VideoSql.ABANDON, Tuple.of(id.value())).map(PgVideoStore::changed);
    }

    @Override
    public Future<Long> underWay() {
        return run(pool, VideoSql.UNDER_WAY, Tuple.tuple())
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    @Override
    public Future<List<Pending>> pending() {
        return run(pool, VideoSql.PENDING, Tuple.tuple()).map(rows -> rows.stream()
                .map(row -> new Pending(
                        new VideoId(row.getUUID("id")),
                        row.getBoolean("planned"),
                        row.getBoolean("waiting"),
                        row.getBoolean("idle")))
                .toList());
    }

    @Override
    public Future<Boolean> delete(VideoId id) {
        return run(pool, VideoSql.DELETE, Tuple.of(id.value())).map(PgVideoStore::changed);
    }

    @Override
    public Future<Void> viewed(Map<VideoId, Integer> views) {
        return run(pool, VideoSql.VIEWED, VideoParameters.views(views)).mapEmpty();
    }

    private static Future<Optional<Video>> find(SqlClient client, VideoId id) {
        return run(client, VideoSql.FIND, Tuple.of(id.value()))
                .map(rows -> rows.stream().map(VideoRows::video).findFirst());
    }

    private static String page(boolean ofStatus, boolean next) {
        if (ofStatus) {
            return next ? VideoSql.NEXT_PAGE_OF_STATUS : VideoSql.FIRST_PAGE_OF_STATUS;
        }
        return next ? VideoSql.NEXT_PAGE : VideoSql.FIRST_PAGE;
    }

    private static Future<RowSet<Row>> run(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }

    private static boolean changed(RowSet<Row> rows) {
        return rows.rowCount() > 0;
    }

    private static List<VideoId> ids(RowSet<Row> rows) {
        return rows.stream().map(row -> new VideoId(row.getUUID("id"))).toList();
    }
}
