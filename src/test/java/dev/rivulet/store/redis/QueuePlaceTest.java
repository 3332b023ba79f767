package dev.rivulet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueuePlaceTest {
    @Test
    void aStepOfPriorityIsWorthItsPlaces() {
        assertThat(QueuePlace.ahead(0, 1)).isZero();
        assertThat(QueuePlace.ahead(1, 1)).isEqualTo(QueuePlace.PRIORITY_STEP);
        assertThat(QueuePlace.ahead(-3, 1)).isEqualTo(-3 * QueuePlace.PRIORITY_STEP);
    }

    @Test
    void moreUrgentIsNeverFurtherBack() {
        assertThat(IntStream.of(Integer.MIN_VALUE, -1001, -1000, -1, 0, 1, 1000, 1001, Integer.MAX_VALUE)
                        .mapToObj(priority -> QueuePlace.ahead(priority, 1)))
                .isSorted();
    }

    @Test
    void aLongFilmGivesWayButNotForEver() {
        assertThat(QueuePlace.ahead(0, 6)).isEqualTo(-5);
        assertThat(QueuePlace.ahead(0, 600)).isEqualTo(-QueuePlace.MOST_PASSING);
        assertThat(QueuePlace.ahead(1, 600)).isPositive();
    }

    @Test
    void everyScoreIsExactAsADouble() {
        long mostOffers = 1L << 52;
        assertThat(mostOffers - QueuePlace.ahead(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .isLessThan(1L << 53);
    }
}
