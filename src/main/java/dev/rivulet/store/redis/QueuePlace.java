package dev.rivulet.store.redis;

/**
 * How priority moves a task within its user's share, which else is in the order of offering, in which videos with small
 * windows take turns. Each step is worth so many places, so that a flood of urgent videos delays the others but does not
 * stop them. A video of many chunks gives way to one of few that was offered a little later: a clip is playable when its last
 * chunk is done, and does not take turns with a film for that. That is bounded too, for a film that gives way for ever would
 * never end.
 */
final class QueuePlace {
    /** Places that one step of priority is worth. */
    static final long PRIORITY_STEP = 100;

    /** Tasks that may pass one of a long film. */
    static final int MOST_PASSING = 64;

    private static final int MOST_PRIORITY = 1000;

    private QueuePlace() {}

    /**
     * Places that a task is put forward; negative puts it back.
     *
     * @param chunks of its video, at least 1
     */
    static long ahead(int priority, int chunks) {
        return PRIORITY_STEP * Math.max(-MOST_PRIORITY, Math.min(MOST_PRIORITY, priority))
                - Math.min(MOST_PASSING, chunks - 1);
    }
}
