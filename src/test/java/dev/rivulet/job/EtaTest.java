package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtaTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "10, 0, 10, 90",
        "10, 0, 50, 10",
        "0, 0, 50, 0",
        "100, 0, 100, 0",
        "3600, 0, 2, 176400",
        "-5, 0, 50, 0",
        "10, 40, 50, 50",
        "10, 40, 70, 10",
        "10, 40, 40.9, ",
        "10, 40, 30, ",
        "10, 0, 0, "
    })
    void theRestTakesAsLongAtThePaceSoFar(int elapsed, double from, double progress, Long eta) {
        OptionalLong expected = eta == null ? OptionalLong.empty() : OptionalLong.of(eta);
        assertThat(Eta.seconds(NOW.minusSeconds(elapsed), from, progress, NOW)).isEqualTo(expected);
    }
}
