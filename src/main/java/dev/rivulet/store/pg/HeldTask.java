package dev.rivulet.store.pg;

import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import io.vertx.sqlclient.Row;

/**
 * A task whose row is locked, as far as its fate depends on it.
 *
 * @param attempt number of its last claim
 * @param failures failed attempts that count
 * @param seamFailures those of them that were for a seam
 * @param worker the last one that claimed it
 */
record HeldTask(
        TaskId id,
        VideoId video,
        TaskKind kind,
        int tier,
        int chunk,
        int attempt,
        int failures,
        int seamFailures,
        String worker) {
    static HeldTask of(Row row) {
        return new HeldTask(
                TaskRows.id(row),
                TaskRows.video(row),
                TaskRows.kind(row),
                row.getInteger("tier"),
                row.getInteger("chunk"),
                row.getInteger("attempt"),
                row.getInteger("failures"),
                row.getInteger("seam_failures"),
                row.getString("worker"));
    }
}
