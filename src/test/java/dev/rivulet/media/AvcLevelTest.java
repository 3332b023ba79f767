package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvcLevelTest {
    @ParameterizedTest
    @CsvSource({
        "256, 144, 20, 100, 11",
        "256, 144, 25, 100, 12",
        "256, 144, 60, 150, 13",
        "426, 240, 30, 200, 21",
        "640, 360, 30, 400, 30",
        "640, 360, 25, 400, 30",
        "854, 480, 25, 800, 30",
        "854, 480, 30, 800, 31",
        "1280, 720, 30, 2000, 31",
        "1280, 720, 60, 3000, 32",
        "1920, 1080, 30, 4000, 40",
        "1920, 1080, 60000/1001, 6000, 42",
        "1080, 1920, 60, 6000, 42",
        "2560, 1440, 30, 8000, 50",
        "3840, 2160, 30, 16000, 51",
        "3840, 2160, 60, 24000, 52"
    })
    void theLowestLevelThatAllowsIt(int width, int height, String rate, int kbit, int level) {
        assertThat(AvcLevel.of(width, height, Rational.parse(rate), kbit)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 60, 50, 10", "2, 2, 1, 65, 11", "176, 144, 15, 10000, 30", "176, 144, 15, 10001, 31"})
    void theBitrateCountsToo(int width, int height, int rate, int kbit, int level) {
        assertThat(AvcLevel.of(width, height, Rational.of(rate), kbit)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"4000, 16, 40", "16, 4000, 40", "1808, 16, 22", "1824, 16, 31"})
    void aStripNeedsALevelThatAllowsItsLongSide(int width, int height, int level) {
        assertThat(AvcLevel.of(width, height, Rational.of(25), 100)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000, 60", "30000, 144, 25"})
    void whatNoLevelAllowsGetsTheHighest(int width, int height, int rate) {
        assertThat(AvcLevel.of(width, height, Rational.of(rate), 100)).isGreaterThanOrEqualTo(60);
    }
}
