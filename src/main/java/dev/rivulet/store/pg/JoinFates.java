package dev.rivulet.store.pg;

import dev.rivulet.job.JoinFate;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Tier;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Decides and records what becomes of a quality whose join failed, in one transaction under the lock of the video. */
final class JoinFates {
    private final Pool pool;

    JoinFates(Pool pool) {
        this.pool = pool;
    }

    Future<JoinFate> failed(VideoId id, String quality, UUID token, VideoError error) {
        return pool.withTransaction(connection -> run(connection, JoinSql.HELD, Tuple.of(id.value(), quality, token))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(new JoinFate.Stale())
                        : decide(connection, id, quality, rows.iterator().next(), error)));
    }

    private static Future<JoinFate> decide(
            SqlConnection connection, VideoId id, String quality, Row row, VideoError error) {
        int failures = row.getInteger("join_failures") + 1;
        JoinFate fate = JoinFate.of(failures, row.getBoolean("remade"));
        Future<?> recorded;
        if (fate instanceof JoinFate.Again again) {
            Tuple values = Tuple.of(id.value(), quality, failures, again.pause().toMillis());
            recorded = run(connection, JoinSql.AGAIN, values);
        } else if (fate instanceof JoinFate.Remade) {
            recorded = remake(connection, id, quality, row);
        } else {
            recorded = run(connection, VideoSql.FAIL_QUALITIES, VideoParameters.failing(id, List.of(quality), error));
        }
        return recorded.map(fate);
    }

    /**
     * Encodes a quality's chunks again. Where its tier makes others too, these stay as they are: it gets a tier of its own.
     * The lowest quality keeps its tier, which the preview grows from.
     */
    private static Future<?> remake(SqlConnection connection, VideoId id, String quality, Row row) {
        MediaPlan plan = Json.read(row.getString("plan"), MediaPlan.class);
        int tier = row.getInteger("tier");
        if (row.getInteger("position") == 0
                || plan.tiers().get(tier).qualities().size() == 1) {
            return run(connection, JoinSql.REMAKE, Tuple.of(id.value(), quality, tier))
                    .compose(done -> run(connection, JoinSql.REMAKE_CHUNKS, Tuple.of(id.value(), tier)));
        }
        MediaPlan split = plan.withTierOf(quality);
        Tier own = split.tiers().get(split.tiers().size() - 1);
        return run(connection, OutcomeSql.SET_PLAN, Tuple.of(id.value(), Json.write(split)))
                .compose(set -> run(connection, JoinSql.REMAKE, Tuple.of(id.value(), quality, own.index())))
                .compose(set ->
                        run(connection, VideoSql.PLAN_TASKS, VideoParameters.tasks(id, NewTask.ofTier(split, own))));
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values);
    }
}
