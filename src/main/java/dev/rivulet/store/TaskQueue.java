package dev.rivulet.store;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands task ids out, across nodes, most urgent class first and round robin within a class. May forget everything at any
 * moment: offering again is harmless, and a task that is taken but not claimed is offered again by recovery.
 */
public interface TaskQueue {
    /** Offers tasks; one that is there already keeps its place. */
    Future<Void> offer(List<TaskStore.Offer> offers);

    /** Takes the most urgent task, waiting for one up to {@code patience}; empty when none came. */
    Future<Optional<TaskId>> take(Duration patience);

    /** Takes tasks back that nobody has taken yet. */
    Future<Void> withdraw(List<TaskId> tasks);

    /** Number of tasks waiting in each class. */
    Future<Map<TaskClass, Long>> depth();

    /** Fails when the queue cannot be reached. */
    Future<Void> ping();

    Future<Void> close();
}
