package dev.rivulet.store;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is being done and what went wrong, for those who run the server; read only. Every list is bounded and comes from an
 * index, however much waits.
 */
public interface Workload {
    /** How much there is to do. */
    Future<Counts> counts();

    /**
     * What is worked on, and the videos that need somebody.
     *
     * @param limit most rows of each list, 1 to 200
     */
    Future<Overview> overview(int limit);

    /**
     * A page of failed attempts, newest first.
     *
     * @param limit 1 to 100
     * @param after cursor of the page before, or null; fails with IllegalArgumentException when it is none
     */
    Future<FailurePage> failures(int limit, @Nullable String after);

    /**
     * Numbers of what is not settled.
     *
     * @param tasks of every class
     * @param videos of every state that is not settled
     */
    record Counts(Map<TaskClass, TaskCounts> tasks, Map<VideoStatus, Long> videos) {
        public Counts {
            tasks = Map.copyOf(tasks);
            videos = Map.copyOf(videos);
        }
    }

    /** Tasks of one class by state. */
    record TaskCounts(long waiting, long queued, long running) {
        public static final TaskCounts NONE = new TaskCounts(0, 0, 0);
    }

    /**
     * @param at when this was so, by the database's clock
     * @param running longest running first
     * @param unsettled videos in work, oldest first
     * @param troubled videos that are FAILED or PARTIAL, newest first
     * @param newestFailure when an attempt failed last, null when none did
     */
    record Overview(
            Instant at,
            Counts counts,
            List<Running> running,
            List<InWork> unsettled,
            List<Troubled> troubled,
            @Nullable Instant newestFailure) {
        public Overview {
            running = List.copyOf(running);
            unsettled = List.copyOf(unsettled);
            troubled = List.copyOf(troubled);
        }
    }

    /**
     * What a task makes.
     *
     * @param title of its video
     * @param qualities of its tier, lowest first; empty unless it is a chunk
     */
    record Subject(VideoId video, String title, TaskKind kind, int tier, List<String> qualities, int chunk) {
        public Subject {
            qualities = List.copyOf(qualities);
        }
    }

    /**
     * A task that somebody works on.
     *
     * @param progress 0 to 1
     */
    record Running(
            Subject subject,
            TaskClass taskClass,
            int attempt,
            String worker,
            Instant startedAt,
            Instant leaseUntil,
            double progress) {}

    /**
     * A video that is not settled.
     *
     * @param progress 0 to 100
     * @param processingSince null while bytes arrive
     * @param processingFrom how far it was then, 0 to 100
     */
    record InWork(
            VideoId id,
            String title,
            VideoStatus status,
            double progress,
            int priority,
            Instant createdAt,
            @Nullable Instant processingSince,
            double processingFrom) {}

    /**
     * A video that ended badly.
     *
     * @param failed why, by quality, lowest first
     */
    record Troubled(
            VideoId id,
            String title,
            VideoStatus status,
            @Nullable VideoError error,
            List<FailedQuality> failed,
            Instant createdAt,
            Instant updatedAt) {
        public Troubled {
            failed = List.copyOf(failed);
        }
    }

    record FailedQuality(String quality, VideoError error) {}

    /**
     * A failed attempt at a task.
     *
     * @param kind name of the failure's kind, which another version may have written
     * @param state where the task is now: what failed once may be done by now
     * @param log what the tool said, shortened; empty when there are none
     */
    record Failure(
            Instant at,
            Subject subject,
            int attempt,
            String worker,
            String kind,
            String reason,
            String log,
            TaskState state) {}

    /** @param next cursor of the next page, null at the end */
    record FailurePage(List<Failure> items, @Nullable String next) {
        public FailurePage {
            items = List.copyOf(items);
        }
    }
}
