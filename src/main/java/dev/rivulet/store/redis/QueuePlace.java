package dev.rivulet.store.redis;

/**
 * How priority moves a task within its user's share, which else is in the order of offering, in which videos with small
 * windows take turns. Each step is worth so many places, so that a flood of urgent videos delays the others but does not
 * stop them.
 */
final class QueuePlace {
    /** Places that one step of priority is worth. */
    static final long PRIORITY_STEP = 100;

    private static final int MOST_PRIORITY = 1000;

    private QueuePlace() {}

    /** Places that a task is put forward; negative puts it back. */
    static long ahead(int priority) {
        return PRIORITY_STEP * Math.max(-MOST_PRIORITY, Math.min(MOST_PRIORITY, priority));
    }
}
