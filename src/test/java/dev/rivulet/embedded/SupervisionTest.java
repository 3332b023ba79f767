package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupervisionTest {
    @Test
    void theFirstStartIsAtOnceThenThePausesGrowUpToHalfAMinute() {
        assertThat(IntStream.range(0, 9).mapToObj(Supervision::pause).map(Duration::toSeconds))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(Supervision.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }
}
