package dev.rivulet.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 1, 0",
        "0, 1, 0, 1",
        "3, 3, 3, 3",
        "9, 1, 5, 1",
        "1, 9, 1, 5",
        "5, 1, 5, 1",
        "0, 100, 0, 4",
        "100, 0, 4, 0",
        "7, -1, 7, 0",
        "0, -1, 0, 0"
    })
    void neitherIsAheadOfTheOtherByMoreThanAChunk(int video, int audio, int shownVideo, int shownAudio) {
        assertThat(Growth.of(video, audio, 4)).isEqualTo(new Growth(shownVideo, shownAudio));
    }

    @Test
    void whatIsShownNeverShrinksWhileBothGrow() {
        for (int video = 0; video < 30; video++) {
            for (int audio = 0; audio < 30; audio++) {
                Growth growth = Growth.of(video, audio, 4);
                Growth next = Growth.of(video + 1, audio, 4);
                Growth other = Growth.of(video, audio + 1, 4);

                assertThat(next.video()).isGreaterThanOrEqualTo(growth.video());
                assertThat(next.audio()).isGreaterThanOrEqualTo(growth.audio());
                assertThat(other.video()).isGreaterThanOrEqualTo(growth.video());
                assertThat(other.audio()).isGreaterThanOrEqualTo(growth.audio());
                assertThat(Math.abs(growth.video() - growth.audio())).isLessThanOrEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true, false",
        "1, 0, true, false",
        "0, 1, true, false",
        "1, 1, true, true",
        "1, 0, false, true",
        "0, 0, false, false"
    })
    void canBePlayedWhenBothHaveBegun(int video, int audio, boolean sound, boolean playable) {
        assertThat(new Growth(video, audio).previewable(sound)).isEqualTo(playable);
    }
}
