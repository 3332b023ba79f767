package dev.rivulet.store.pg;

import dev.rivulet.job.FailureKind;
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
 * @param memoryFailures attempts that failed for want of memory
 * @param worker the last one that claimed it
 * @param arriving whether bytes of its video are still on their way
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
        int memoryFailures,
        String worker,
        boolean arriving) {
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
                row.getInteger("memory_failures"),
                row.getString("worker"),
                Boolean.TRUE.equals(row.getBoolean("arriving")));
    }

    /** The same after another failed attempt. */
    HeldTask failed(FailureKind why) {
        return new HeldTask(
                id,
                video,
                kind,
                tier,
                chunk,
                attempt,
                failures + (why.counts() ? 1 : 0),
                seamFailures + (why == FailureKind.SEAM ? 1 : 0),
                memoryFailures + (why == FailureKind.MEMORY ? 1 : 0),
                worker,
                arriving);
    }

    /** Failed attempts that the retry policy counts for a failure of this kind, at least 1. */
    int attempts(FailureKind why) {
        if (why == FailureKind.MEMORY) {
            return memoryFailures;
        }
        return why.counts() ? failures : Math.max(1, attempt);
    }
}
