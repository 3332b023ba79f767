package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;

class ChunkReadingTest {
    @Test
    void aChunkWithinThePictureIsReadFromItsFirstFrame() {
        MediaPlan plan = Sources.of(320, 240).plan();

        assertThat(reading(plan, 0)).isEqualTo(new ChunkReading(0, 0, 0, null));
        assertThat(reading(plan, 1)).isEqualTo(new ChunkReading(75, 0, 0, Rational.of(2)));
    }

    @Test
    void aChunkThatBeginsWithinTheLeadInIsReadFromTheBeginning() {
        MediaPlan plan = Sources.of(320, 240).plan();
        Chunk second = plan.chunks().chunks().get(1);

        assertThat(ChunkReading.of(plan, second, Rational.of(11)).seek()).isNull();
    }

    @Test
    void aStreamWithoutAnIndexIsReadFromFartherBefore() {
        MediaPlan plan = beginning(Rational.of(4));
        Chunk third = plan.chunks().chunks().get(2);

        assertThat(ChunkReading.of(plan, plan.chunks().chunks().get(1), Rational.ONE)
                        .seek())
                .isNull();
        assertThat(ChunkReading.of(plan, third, Rational.ONE).seek()).isEqualTo(Rational.of(5));
        assertThat(ChunkReading.of(plan, third, Rational.of(6)).seek()).isEqualTo(Rational.of(3));
    }

    @Test
    void noChunkOfABeginningHoldsAFrame() {
        MediaPlan plan = beginning(Rational.ZERO);

        assertThat(plan.chunks().chunks()).hasSize(5).allSatisfy(chunk -> {
            assertThat(reading(plan, chunk.index()).hold()).isZero();
            assertThat(reading(plan, chunk.index()).skip()).isZero();
        });
    }

    /** A minute, of which 48 s are planned. */
    private static MediaPlan beginning(Rational lead) {
        return MediaPlan.beginning(
                Sources.of(320, 240).info().begun(Rational.of(60)),
                Sources.LADDER,
                Rational.of(3),
                4,
                Rational.of(48),
                new MediaPlan.Share(lead, 0.8));
    }

    @Test
    void theLastChunkIsReadASecondEarlyAndMayHoldASecond() {
        MediaPlan plan = Sources.of(320, 240).plan();

        assertThat(reading(plan, 6)).isEqualTo(new ChunkReading(1400, 25, 25, Rational.of(55)));
    }

    @Test
    void aChunkAfterTheEndOfThePictureHoldsItsLastFrame() {
        MediaPlan plan = Sources.of(320, 240).lasting("5").sound("0", "60").plan();

        assertThat(reading(plan, 1)).isEqualTo(new ChunkReading(50, 25, 100 + 25, Rational.ONE));
        assertThat(reading(plan, 3)).isEqualTo(new ChunkReading(100, 425, 700 + 25, Rational.of(3)));
    }

    @Test
    void everyWantedFrameIsReadOrHeld() {
        for (String sound : new String[] {"1", "20", "33.3", "61"}) {
            MediaPlan plan = Sources.of(320, 240)
                    .rate("30000/1001")
                    .lasting("20.2")
                    .sound("0", sound)
                    .plan();
            for (Chunk chunk : plan.chunks().chunks()) {
                ChunkReading reading = reading(plan, chunk.index());
                long picture = new Rational(101, 5).times(plan.grid().rate()).round();

                assertThat(reading.firstRead()).isBetween(0L, picture);
                assertThat(reading.firstRead() + reading.skip()).isEqualTo(chunk.firstFrame());
                assertThat(picture + reading.hold()).isGreaterThanOrEqualTo(chunk.firstFrame() + chunk.frames());
            }
        }
    }

    private static ChunkReading reading(MediaPlan plan, int chunk) {
        return ChunkReading.of(plan, plan.chunks().chunks().get(chunk), Rational.ONE);
    }
}
