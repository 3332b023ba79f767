package dev.rivulet.encode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Places beside the slots, for sound that is encoded as its film arrives: it mostly waits, so it must not keep a slot from
 * work, and it takes little, so some of it may go on beside the slots. Belongs to the dispatcher's event loop.
 */
final class EarlySounds {
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<RunningTask> waiting = new ArrayDeque<>();
    private final Consumer<RunningTask> run;

    /**
     * @param first number of the first place, which is its address too
     * @param count how many there are
     * @param run begins a task that has a place
     */
    EarlySounds(int first, int count, Consumer<RunningTask> run) {
        for (int i = 0; i < count; i++) {
            free.add(first + i);
        }
        this.run = run;
    }

    /** Begins a task as soon as there is a place. */
    void enter(RunningTask task) {
        waiting.add(task);
        next();
    }

    /** A task that had a place has ended. */
    void leave(int place) {
        free.add(place);
        next();
    }

    /** Those that wait for a place, and do so no more. */
    List<RunningTask> close() {
        List<RunningTask> left = List.copyOf(waiting);
        waiting.clear();
        free.clear();
        return left;
    }

    private void next() {
        while (!free.isEmpty() && !waiting.isEmpty()) {
            run.accept(waiting.remove().in(free.remove()));
        }
    }
}
