package dev.rivulet.store.redis;

import dev.rivulet.job.TaskClass;
import dev.rivulet.store.TaskStore.Offer;

/**
 * Where a task stands in the queue, as the score of a sorted set: the class decides, then the order of offering, in which
 * videos with small windows take turns. Each step of priority moves a task forward by so many places, so that a flood of
 * urgent videos delays the others but does not stop them.
 */
final class QueuePlace {
    /** Places that one step of priority is worth. */
    static final long PRIORITY_STEP = 100;

    private static final int MOST_PRIORITY = 1000;
    private static final long MARGIN = PRIORITY_STEP * MOST_PRIORITY;
    /** Scores are doubles: four classes of this size are exact. */
    private static final long CLASS_SIZE = 1L << 40;

    private QueuePlace() {}

    /** @param sequence number of the offer, from 1 */
    static long of(Offer offer, long sequence) {
        long priority = Math.max(-MOST_PRIORITY, Math.min(MOST_PRIORITY, offer.priority()));
        long place = MARGIN + sequence - priority * PRIORITY_STEP;
        return first(offer.taskClass()) + Math.max(0, Math.min(CLASS_SIZE - 1, place));
    }

    /** The lowest score of a class. */
    static long first(TaskClass taskClass) {
        return taskClass.ordinal() * CLASS_SIZE;
    }

    /** The highest score of a class. */
    static long last(TaskClass taskClass) {
        return first(taskClass) + CLASS_SIZE - 1;
    }
}
