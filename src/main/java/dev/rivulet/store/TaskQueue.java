package dev.rivulet.store;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Hands task ids out, across nodes: most urgent class first; within a class users take turns; within a user's share what
 * has priority comes first, then what was offered first, but for short videos, which pass long ones: their users wait for all
 * of them. May forget everything at any moment: offering again is harmless,
 * and a task that is taken but not claimed is offered again by recovery.
 */
public interface TaskQueue {
    /** Offers tasks; one that is there already keeps its place. */
    Future<Void> offer(List<TaskStore.Offer> offers);

    /**
     * Takes what is most urgent, waiting for the first task up to {@code patience}; empty when none came.
     *
     * @param most tasks at most, at least 1
     */
    default Future<List<TaskId>> take(int most, Duration patience) {
        return take(TaskClass.TOP, most, patience);
    }

    /**
     * As {@link #take(int, Duration)}, of some classes only.
     *
     * @param last least urgent class to take from: {@link TaskClass#TOP} or {@link TaskClass#LOWEST}
     */
    Future<List<TaskId>> take(TaskClass last, int most, Duration patience);

    /** Number of tasks waiting in each class. */
    Future<Map<TaskClass, Long>> depth();

    /** Fails when the queue cannot be reached. */
    Future<Void> ping();

    Future<Void> close();
}
