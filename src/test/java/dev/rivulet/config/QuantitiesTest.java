package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"500ms, 500", "15s, 15000", "5m, 300000", "12h, 43200000", "0s, 0"})
    void readsDurations(String text, long millis) {
        assertThat(Quantities.duration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "7B, 7", "1KiB, 1024", "3MiB, 3145728", "20GiB, 21474836480", "1TiB, 1099511627776"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Quantities.size(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1d", "20GB", "99999999999999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1GB", "1gib", "0x10", "999999999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThat(Quantities.size(text)).isEmpty();
    }

    @Test
    void showsInTheLargestWholeUnit() {
        assertThat(Quantities.show(Duration.ofMinutes(10))).isEqualTo("10m");
        assertThat(Quantities.show(Duration.ofMillis(500))).isEqualTo("500ms");
        assertThat(Quantities.show(Duration.ofHours(240))).isEqualTo("240h");
        assertThat(Quantities.show(128L << 20)).isEqualTo("128MiB");
        assertThat(Quantities.show(16L << 40)).isEqualTo("16TiB");
    }
}
