package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameGridTest {
    @Test
    void isAsLongAsThePicture() {
        FrameGrid grid =
                FrameGrid.of(source().rate("30000/1001").lasting("10.01").info());

        assertThat(grid).isEqualTo(new FrameGrid(new Rational(30000, 1001), Rational.ZERO, 300));
        assertThat(grid.duration()).isEqualTo(new Rational(1001, 100));
    }

    @Test
    void anHourOfNtscDoesNotDrift() {
        FrameGrid grid =
                FrameGrid.of(source().rate("30000/1001").lasting("3600").info());

        assertThat(grid.time(107892)).isEqualTo(new Rational(107892L * 1001, 30000));
        assertThat(grid.duration().toDecimal(9)).isEqualTo("3599.996400000");
    }

    @ParameterizedTest
    @CsvSource({"60.05, 1500", "60.1, 1500", "60.11, 1503", "62, 1550", "30, 1500"})
    void soundThatEndsAudiblyLaterHoldsTheLastFrame(String sound, long frames) {
        assertThat(FrameGrid.of(source().sound("0", sound).info()).frames()).isEqualTo(frames);
    }

    @Test
    void theLastSoundTrackToEndDecides() {
        SourceInfo source =
                source().sound("0", "10").sound("0", "61").sound("0", null).info();

        assertThat(FrameGrid.of(source).frames()).isEqualTo(1525);
    }

    @Test
    void soundThatStartsLateEndsLate() {
        assertThat(FrameGrid.of(source().sound("2", "60").info()).duration()).isEqualTo(Rational.of(62));
    }

    @Test
    void beginsWhereThePictureBegins() {
        FrameGrid grid =
                FrameGrid.of(source().starting("1.4").sound("0", "61.4").info());

        assertThat(grid.origin()).isEqualTo(new Rational(7, 5));
        assertThat(grid.duration()).isEqualTo(Rational.of(60));
        assertThat(grid.sourceTime(25)).isEqualTo(new Rational(12, 5));
    }

    @Test
    void matroskaWithoutStreamDurationsIsAsLongAsItsContainer() {
        SourceInfo source = source().lasting(null).container("12.34").info();

        assertThat(FrameGrid.of(source).frames()).isEqualTo(309);
    }

    @Test
    void theContainersLengthCountsFromItsFirstStream() {
        SourceInfo source = source().starting("588.5")
                .lasting(null)
                .container("10.5")
                .sound("588", null)
                .info();

        assertThat(FrameGrid.of(source).duration()).isEqualTo(Rational.of(10));
    }

    @Test
    void aSourceOfUnknownLengthHasOneFrame() {
        assertThat(FrameGrid.of(source().lasting(null).info()).frames()).isEqualTo(1);
    }

    @Test
    void aSourceThatEndsBeforeItStartsHasOneFrame() {
        SourceInfo source = source().starting("5")
                .lasting(null)
                .container("1")
                .sound("0", null)
                .info();

        assertThat(FrameGrid.of(source).frames()).isEqualTo(1);
    }

    private static Sources source() {
        return Sources.of(640, 360);
    }
}
