package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtaTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"10, 10, 90", "10, 50, 10", "0, 50, 0", "100, 100, 0", "3600, 2, 176400", "-5, 50, 0"})
    void theRestTakesAsLongAtThePaceSoFar(int elapsed, double progress, long eta) {
        assertThat(Eta.seconds(NOW.minusSeconds(elapsed), progress, NOW)).isEqualTo(eta);
    }
}
