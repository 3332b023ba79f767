package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneCurveTest {
    /** ITU-R BT.2408, tables 1 and 4. */
    @ParameterizedTest
    @CsvSource({
        "smpte2084, 0.58, 203",
        "smpte2084, 0.38, 26",
        "smpte2084, 1, 10000",
        "smpte2084, 0, 0",
        "arib-std-b67, 0.75, 203",
        "arib-std-b67, 0.38, 26",
        "arib-std-b67, 1, 1000",
        "arib-std-b67, 0, 0"
    })
    void signalsMeanLuminance(String transfer, double signal, double luminance) {
        assertThat(ToneCurve.luminance(transfer, signal)).isCloseTo(luminance, within(0.02 * luminance + 0.001));
    }

    @Test
    void whiteLiesBetweenThatOfAScreenAndThatOfHighlights() {
        assertThat(ToneCurve.white(40)).isEqualTo(100);
        assertThat(ToneCurve.white(150.4)).isEqualTo(150);
        assertThat(ToneCurve.white(4000)).isEqualTo(203);
    }
}
