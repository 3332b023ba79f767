package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRatesTest {
    @ParameterizedTest
    @ValueSource(strings = {"24000/1001", "24/1", "25/1", "30000/1001", "30/1", "50/1", "60000/1001", "60/1"})
    void standardRatesStayAsTheyAre(String rate) {
        assertThat(FrameRates.snap(Rational.parse(rate))).hasToString(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "23.98, 24000/1001",
        "23.99, 24/1",
        "24.11, 24/1",
        "24.9, 25/1",
        "25.12, 25/1",
        "29.97, 30000/1001",
        "29.985, 30000/1001",
        "29.9851, 30/1",
        "30.14, 30/1",
        "49.8, 50/1",
        "59.9, 60000/1001",
        "60.2, 60/1",
        "2997/100, 30000/1001",
        "23976/1000, 24000/1001"
    })
    void whatIsWithinHalfAPercentIsTheStandardRate(String average, String snapped) {
        assertThat(FrameRates.snap(Rational.parse(average))).hasToString(snapped);
    }

    @ParameterizedTest
    @CsvSource({
        "20.5, 24000/1001",
        "23, 24000/1001",
        "24.3, 25/1",
        "26, 30000/1001",
        "28.5, 30000/1001",
        "30.5, 50/1",
        "48, 50/1",
        "58.759, 60000/1001"
    })
    void aVariableRateBecomesTheNextHigherStandardRate(String average, String snapped) {
        assertThat(FrameRates.snap(Rational.parse(average))).hasToString(snapped);
    }

    @ParameterizedTest
    @CsvSource({
        "1/100, 1/1",
        "0.5, 1/1",
        "1, 1/1",
        "1.5, 2/1",
        "12, 12/1",
        "12.5, 13/1",
        "15, 15/1",
        "19.9, 20/1",
        "20, 20/1",
        "22, 22/1"
    })
    void aSlideShowKeepsAWholeRate(String average, String snapped) {
        assertThat(FrameRates.snap(Rational.parse(average))).hasToString(snapped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "90", "120", "240", "1000", "90000", "2147483647"})
    void nothingIsFasterThanSixty(String average) {
        assertThat(FrameRates.snap(Rational.parse(average))).isEqualTo(Rational.of(60));
    }
}
