package dev.rivulet.store.pg;

import dev.rivulet.job.Arriving;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.TaskStore.Attempt;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Offer;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.TaskStore.TierSummary;
import dev.rivulet.store.TaskStore.WorkSummary;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@link TaskSql} as values. */
final class TaskRows {
    private TaskRows() {}

    static TaskId id(Row row) {
        return new TaskId(row.getLong("id"));
    }

    static VideoId video(Row row) {
        return new VideoId(row.getUUID("video_id"));
    }

    static TaskKind kind(Row row) {
        return TaskKind.valueOf(row.getString("kind"));
    }

    static TaskClass taskClass(Row row) {
        return TaskClass.values()[row.getInteger("class")];
    }

    static Offer offer(Row row) {
        return new Offer(
                id(row),
                taskClass(row),
                row.getString("user_id"),
                row.getInteger("priority"),
                row.getInteger("chunks"));
    }

    static Claim claim(Row row, MediaPlan plan) {
        return new Claim(
                new Lease(id(row), row.getUUID("lease_token"), row.getInteger("attempt")),
                video(row),
                kind(row),
                row.getInteger("tier"),
                row.getInteger("chunk"),
                row.getInteger("failures"),
                row.getInteger("seam_failures"),
                RetryPolicy.alone(row.getInteger("memory_failures")),
                plan,
                arriving(row));
    }

    private static @Nullable Arriving arriving(Row row) {
        String early = row.getString("early");
        return early == null ? null : new Arriving(Json.read(early, EarlySource.class), row.getLong("arrived"));
    }

    static WorkSummary summary(RowSet<Row> rows) {
        double weight = 0;
        double made = 0;
        long undone = 0;
        List<TierSummary> tiers = new ArrayList<>();
        TaskState audio = null;
        TaskState otherAudio = null;
        TaskState subtitles = null;
        TaskState poster = null;
        int audioSegments = 0;
        for (Row row : rows) {
            weight += row.getDouble("weight");
            made += row.getDouble("made");
            undone += row.getLong("undone");
            switch (kind(row)) {
                case CHUNK ->
                    tiers.add(new TierSummary(
                            row.getInteger("tier"),
                            row.getInteger("done"),
                            row.getInteger("failed"),
                            row.getInteger("total")));
                case AUDIO -> {
                    TaskState state = TaskState.valueOf(row.getString("state"));
                    if (SoundPart.of(row.getInteger("tier")) == SoundPart.OTHERS) {
                        otherAudio = state;
                    } else {
                        audio = state;
                        audioSegments = row.getInteger("segments");
                    }
                }
                case MEZZANINE -> {
                    // The chunks that are made of it tell how far the video is.
                }
                case SUBTITLES -> subtitles = TaskState.valueOf(row.getString("state"));
                case POSTER -> poster = TaskState.valueOf(row.getString("state"));
            }
        }
        return new WorkSummary(
                weight > 0 ? Math.min(1, made / weight) : 0,
                undone,
                List.copyOf(tiers),
                audio,
                audioSegments,
                otherAudio,
                subtitles,
                poster);
    }

    /** Folds the rows of one task, which follow each other, into one. */
    static List<TaskRow> tasks(RowSet<Row> rows) {
        List<TaskRow> tasks = new ArrayList<>();
        for (Row row : rows) {
            TaskRow last = tasks.isEmpty() ? null : tasks.get(tasks.size() - 1);
            if (last != null && last.id().equals(id(row))) {
                last.attempts().add(attempt(row));
            } else {
                tasks.add(task(row));
            }
        }
        return tasks;
    }

    private static TaskRow task(Row row) {
        List<Attempt> attempts = new ArrayList<>();
        if (row.getInteger("failed_attempt") != null) {
            attempts.add(attempt(row));
        }
        @Nullable String worker = row.getString("worker");
        return new TaskRow(
                id(row),
                kind(row),
                row.getInteger("tier"),
                row.getInteger("chunk"),
                TaskState.valueOf(row.getString("state")),
                row.getInteger("attempt"),
                worker,
                VideoRows.instant(row, "started_at"),
                VideoRows.instant(row, "finished_at"),
                attempts);
    }

    private static Attempt attempt(Row row) {
        return new Attempt(
                row.getInteger("failed_attempt"),
                row.getString("failed_worker"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("failure"),
                row.getString("reason"),
                row.getString("log"));
    }
}
