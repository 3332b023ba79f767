package dev.rivulet.upload.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriesTest {
    private static final Patience PATIENCE = new Patience(
            Duration.ZERO, Duration.ZERO, 6, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));

    @Test
    void pausesGrowAndTriesEnd() {
        Tries tries = new Tries(PATIENCE, 100);
        List<Optional<Duration>> pauses =
                IntStream.range(0, 6).mapToObj(i -> tries.failed(100)).toList();
        assertThat(pauses)
                .containsExactly(seconds(1), seconds(2), seconds(4), seconds(5), seconds(5), Optional.empty());
    }

    @Test
    void whoComesFurtherIsPatientlyAskedAgain() {
        Tries tries = new Tries(PATIENCE, 0);
        for (int reached = 1; reached < 100; reached++) {
            assertThat(tries.failed(reached)).isEqualTo(seconds(1));
        }
    }

    @Test
    void whoAlwaysBreaksOffAtTheSamePlaceIsGivenUp() {
        Tries tries = new Tries(PATIENCE, 0);
        assertThat(IntStream.range(0, 6).mapToObj(i -> tries.failed(50)).toList())
                .containsExactly(seconds(1), seconds(2), seconds(4), seconds(5), seconds(5), Optional.empty());
    }

    private static Optional<Duration> seconds(int seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
