package dev.rivulet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.TaskStore.Offer;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuePlaceTest {
    @Test
    void noPriorityLeavesTheClass() {
        for (TaskClass taskClass : TaskClass.values()) {
            for (int priority : List.of(Integer.MIN_VALUE, -1000, -1, 0, 1, 1000, Integer.MAX_VALUE)) {
                for (long sequence : List.of(1L, 1L << 20, 1L << 39, Long.MAX_VALUE / 2)) {
                    assertThat(place(taskClass, priority, sequence))
                            .isBetween(QueuePlace.first(taskClass), QueuePlace.last(taskClass));
                }
            }
        }
    }

    @Test
    void classesDoNotTouch() {
        assertThat(QueuePlace.last(TaskClass.PREVIEW)).isLessThan(QueuePlace.first(TaskClass.LOWEST));
        assertThat(QueuePlace.last(TaskClass.MIDDLE)).isLessThan(QueuePlace.first(TaskClass.TOP));
    }

    @Test
    void everyScoreIsExactAsADouble() {
        assertThat(QueuePlace.last(TaskClass.TOP)).isLessThan(1L << 53);
    }

    @Test
    void aStepOfPriorityIsWorthItsPlaces() {
        long usual = place(TaskClass.LOWEST, 0, 5000);
        assertThat(place(TaskClass.LOWEST, 1, 5000 + QueuePlace.PRIORITY_STEP)).isEqualTo(usual);
        assertThat(place(TaskClass.LOWEST, -1, 5000)).isGreaterThan(usual);
    }

    private static long place(TaskClass taskClass, int priority, long sequence) {
        return QueuePlace.of(new Offer(new TaskId(1), taskClass, priority), sequence);
    }
}
