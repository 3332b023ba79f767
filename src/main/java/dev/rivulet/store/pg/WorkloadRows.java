package dev.rivulet.store.pg;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Workload.Counts;
import dev.rivulet.store.Workload.FailedQuality;
import dev.rivulet.store.Workload.Failure;
import dev.rivulet.store.Workload.InWork;
import dev.rivulet.store.Workload.Overview;
import dev.rivulet.store.Workload.Running;
import dev.rivulet.store.Workload.Subject;
import dev.rivulet.store.Workload.TaskCounts;
import dev.rivulet.store.Workload.Troubled;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Rows of {@link WorkloadSql} as values. */
final class WorkloadRows {
    private static final TypeReference<List<FailedQuality>> FAILED = new TypeReference<>() {};

    private WorkloadRows() {}

    static Map<TaskClass, TaskCounts> tasks(RowSet<Row> rows) {
        Map<TaskClass, TaskCounts> tasks = new EnumMap<>(TaskClass.class);
        for (TaskClass taskClass : TaskClass.values()) {
            tasks.put(taskClass, TaskCounts.NONE);
        }
        for (Row row : rows) {
            long number = row.getLong("number");
            tasks.computeIfPresent(TaskRows.taskClass(row), (taskClass, counts) -> switch (state(row)) {
                case WAITING -> new TaskCounts(number, counts.queued(), counts.running());
                case QUEUED -> new TaskCounts(counts.waiting(), number, counts.running());
                case RUNNING -> new TaskCounts(counts.waiting(), counts.queued(), number);
                case DONE, FAILED, CANCELLED -> counts;
            });
        }
        return tasks;
    }

    static Map<VideoStatus, Long> videos(RowSet<Row> rows) {
        Map<VideoStatus, Long> videos = new EnumMap<>(VideoStatus.class);
        for (VideoStatus status : VideoStatus.values()) {
            if (!status.settled()) {
                videos.put(status, 0L);
            }
        }
        rows.forEach(row -> videos.put(status(row), row.getLong("number")));
        return videos;
    }

    static Overview overview(
            Counts counts, RowSet<Row> running, RowSet<Row> inWork, RowSet<Row> troubled, RowSet<Row> newest) {
        Row last = newest.iterator().next();
        return new Overview(
                last.getOffsetDateTime("now").toInstant(),
                counts,
                running.stream().map(WorkloadRows::running).toList(),
                inWork.stream().map(WorkloadRows::inWork).toList(),
                troubled.stream().map(WorkloadRows::troubled).toList(),
                VideoRows.instant(last, "newest"));
    }

    static Failure failure(Row row) {
        return new Failure(
                row.getOffsetDateTime("at").toInstant(),
                subject(row),
                row.getInteger("attempt"),
                row.getString("worker"),
                row.getString("failure"),
                row.getString("reason"),
                row.getString("log"),
                state(row));
    }

    private static Running running(Row row) {
        return new Running(
                subject(row),
                TaskRows.taskClass(row),
                row.getInteger("attempt"),
                row.getString("worker"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("lease_until").toInstant(),
                row.getDouble("progress"));
    }

    private static InWork inWork(Row row) {
        return new InWork(
                new VideoId(row.getUUID("id")),
                row.getString("title"),
                status(row),
                row.getDouble("progress"),
                row.getInteger("priority"),
                row.getOffsetDateTime("created_at").toInstant(),
                VideoRows.instant(row, "processing_since"),
                row.getDouble("processing_from"));
    }

    private static Troubled troubled(Row row) {
        return new Troubled(
                new VideoId(row.getUUID("id")),
                row.getString("title"),
                status(row),
                VideoRows.error(row),
                Json.read(row.getString("failed"), FAILED),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Subject subject(Row row) {
        return new Subject(
                TaskRows.video(row),
                row.getString("title"),
                TaskRows.kind(row),
                row.getInteger("tier"),
                List.of(row.getArrayOfStrings("qualities")),
                row.getInteger("chunk"));
    }

    private static TaskState state(Row row) {
        return TaskState.valueOf(row.getString("state"));
    }

    private static VideoStatus status(Row row) {
        return VideoStatus.valueOf(row.getString("status"));
    }
}
