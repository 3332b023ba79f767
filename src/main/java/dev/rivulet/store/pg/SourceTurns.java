package dev.rivulet.store.pg;

import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What is changed of a plan when a source turns out to be other than its header says; under the lock of the video. */
final class SourceTurns {
    private SourceTurns() {}

    /**
     * Reads the source sequentially from now on. Finished chunks stay; everything else waits for the intermediate.
     *
     * @return false when that is so already
     */
    static Future<Boolean> sequential(SqlConnection connection, VideoId video) {
        return connection
                .preparedQuery(OutcomeSql.RECLASS)
                .execute(Tuple.of(video.value()))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(false);
                    }
                    NewTask task = NewTask.mezzanine(plan(rows.iterator().next()));
                    return connection
                            .preparedQuery(OutcomeSql.ADD_MEZZANINE)
                            .execute(Tuple.of(video.value(), task.taskClass().ordinal(), task.weight()))
                            .compose(added -> connection
                                    .preparedQuery(OutcomeSql.RENEW_UNFINISHED)
                                    .execute(Tuple.of(video.value())))
                            .map(true);
                });
    }

    /**
     * Cuts the plan where the source really ends, if that is more than a second before the planned end. What is joined
     * already keeps the plan as it is.
     *
     * @param frames frames that could be read
     */
    static Future<Void> end(SqlConnection connection, VideoId video, long frames) {
        return connection
                .preparedQuery(OutcomeSql.PLAN_AND_JOINED)
                .execute(Tuple.of(video.value()))
                .map(rows -> rows.iterator().next())
                .compose(row -> {
                    MediaPlan plan = plan(row);
                    return row.getBoolean("joined") || !breaksOff(plan, frames)
                            ? Future.succeededFuture()
                            : cut(connection, video, plan.endingAfter(frames));
                });
    }

    private static boolean breaksOff(MediaPlan plan, long frames) {
        List<Chunk> chunks = plan.chunks().chunks();
        return plan.grid().frames() - frames > plan.grid().rate().ceil()
                || frames <= chunks.get(chunks.size() - 1).firstFrame();
    }

    private static Future<Void> cut(SqlConnection connection, VideoId video, MediaPlan plan) {
        int count = plan.chunks().chunks().size();
        return connection
                .preparedQuery(OutcomeSql.SET_PLAN)
                .execute(Tuple.of(video.value(), Json.write(plan)))
                .compose(set ->
                        connection.preparedQuery(OutcomeSql.DELETE_CHUNKS).execute(Tuple.of(video.value(), count)))
                .compose(deleted -> connection
                        .preparedQuery(OutcomeSql.RENEW_END)
                        .execute(
                                Tuple.of(video.value(), count - 1, plan.chunks().segments() - 1)))
                .mapEmpty();
    }

    private static MediaPlan plan(Row row) {
        return Json.read(row.getString("plan"), MediaPlan.class);
    }
}
