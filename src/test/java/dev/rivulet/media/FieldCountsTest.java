package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCountsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "whole frames, 0, 0, 70, 0, 0, 80, PROGRESSIVE, 25, PROGRESSIVE",
        "fields without a flag, 60, 1, 10, 0, 0, 80, PROGRESSIVE, 25, TOP_FIRST",
        "the other parity, 0, 60, 10, 0, 0, 80, PROGRESSIVE, 25, BOTTOM_FIRST",
        "a flag of the wrong parity, 0, 60, 10, 0, 0, 80, TOP_FIRST, 25, BOTTOM_FIRST",
        "a flag that is denied, 1, 0, 70, 0, 0, 80, TOP_FIRST, 25, PROGRESSIVE",
        "a flag and little motion, 10, 0, 60, 0, 0, 80, TOP_FIRST, 25, TOP_FIRST",
        "no flag and some stripes, 10, 0, 60, 0, 0, 80, PROGRESSIVE, 25, PROGRESSIVE",
        "both parities are noise, 30, 30, 10, 0, 0, 80, PROGRESSIVE, 25, PROGRESSIVE",
        "a flag and stripes of the other parity, 0, 4, 34, 0, 0, 40, TOP_FIRST, 25, PROGRESSIVE",
        "a logo that appears in the dark, 2, 2, 0, 0, 2, 80, PROGRESSIVE, 25, PROGRESSIVE",
        "nothing moves, 0, 0, 3, 0, 0, 80, TOP_FIRST, 25, TOP_FIRST",
        "nothing was seen, 0, 0, 0, 0, 0, 0, PROGRESSIVE, 25, PROGRESSIVE",
        "3:2 pulldown, 80, 0, 0, 16, 16, 80, PROGRESSIVE, 30000/1001, TELECINED",
        "3:2 pulldown of which a part is clean, 35, 0, 45, 14, 15, 80, TOP_FIRST, 30000/1001, TELECINED",
        "repeated fields at another rate, 80, 0, 0, 16, 16, 80, PROGRESSIVE, 25, TOP_FIRST",
        "a few frames of 3:2 pulldown, 20, 0, 0, 4, 4, 20, PROGRESSIVE, 30000/1001, TOP_FIRST",
    })
    void framesDecide(
            String name,
            int top,
            int bottom,
            int progressive,
            int repeatedTop,
            int repeatedBottom,
            int frames,
            Scan flagged,
            String rate,
            Scan expected) {
        FieldCounts counts = new FieldCounts(top, bottom, progressive, repeatedTop, repeatedBottom, frames);

        assertThat(counts.decide(flagged, Rational.parse(rate))).isEqualTo(expected);
    }
}
