package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryboardTest {
    @ParameterizedTest
    @CsvSource({
        "0.04, 3, 1, 1",
        "3, 3, 1, 1",
        "10, 3, 4, 1",
        "300, 3, 100, 1",
        "301, 3, 101, 2",
        "900, 3, 300, 3",
        "901, 4, 226, 3",
        "7200, 24, 300, 3",
        "86400, 288, 300, 3"
    })
    void hasAPictureInEverySegmentButNeverTooMany(String seconds, long interval, int pictures, int sprites) {
        Storyboard board = board(1280, 720, seconds);
        assertThat(board.interval()).isEqualTo(interval);
        assertThat(board.pictures()).isEqualTo(pictures);
        assertThat(board.sprites()).isEqualTo(sprites);
    }

    @Test
    void keepsTheFormOfThePicture() {
        assertThat(board(1280, 720, "10"))
                .extracting(Storyboard::width, Storyboard::height)
                .containsExactly(160, 90);
        assertThat(board(720, 1280, "10"))
                .extracting(Storyboard::width, Storyboard::height)
                .containsExactly(90, 160);
        assertThat(board(1000, 1000, "10"))
                .extracting(Storyboard::width, Storyboard::height)
                .containsExactly(160, 160);
    }

    @Test
    void tellsEveryPlaceUpToTheEndOfTheVideo() {
        Storyboard board = new Storyboard(3, 101, 160, 90, Rational.parse("301.5"));
        String[] cues = board.webVtt().split("\n\n");
        assertThat(cues).hasSize(102);
        assertThat(cues[0]).isEqualTo("WEBVTT");
        assertThat(cues[1]).isEqualTo("00:00:00.000 --> 00:00:03.000\nstoryboard_00.webp#xywh=0,0,160,90");
        assertThat(cues[12]).isEqualTo("00:00:33.000 --> 00:00:36.000\nstoryboard_00.webp#xywh=160,90,160,90");
        assertThat(cues[100]).isEqualTo("00:04:57.000 --> 00:05:00.000\nstoryboard_00.webp#xywh=1440,810,160,90");
        assertThat(cues[101]).isEqualTo("00:05:00.000 --> 00:05:01.500\nstoryboard_01.webp#xywh=0,0,160,90\n");
    }

    @Test
    void tellsHours() {
        String last = new Storyboard(24, 300, 160, 90, Rational.of(7200)).webVtt();
        assertThat(last).endsWith("01:59:36.000 --> 02:00:00.000\nstoryboard_02.webp#xywh=1440,810,160,90\n");
    }

    private static Storyboard board(int width, int height, String seconds) {
        return Storyboard.of(
                Sources.of(width, height).rate("25").lasting(seconds).plan());
    }
}
