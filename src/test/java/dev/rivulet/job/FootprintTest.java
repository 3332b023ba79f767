package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final MediaPlan PLAN = Samples.plan(20);

    /** The ceiling of the bitrate for its length, and the buffer once. */
    @Test
    void aChunkTakesWhatItsQualitiesMay() {
        assertThat(Footprint.of(TaskKind.CHUNK, PLAN, 0, 0)).isEqualTo((3 * 100 + 200) * 125);
        assertThat(Footprint.of(TaskKind.CHUNK, PLAN, 0, 1)).isEqualTo((6 * 100 + 200) * 125);
        assertThat(Footprint.of(TaskKind.CHUNK, PLAN, 1, 0)).isEqualTo((3 * 600 + 1200) * 125);
    }

    @Test
    void soundTakesEveryBitrate() {
        MediaPlan plan = Sources.of(640, 360).sound("0", "60").plan();
        long kbit = plan.audio().stream().mapToLong(audio -> audio.kbit()).sum();
        assertThat(kbit).isPositive();
        assertThat(Footprint.of(TaskKind.AUDIO, plan, 0, 0)).isEqualTo(60 * kbit * 125);
    }

    @Test
    void anIntermediateTakesABitForEachPixel() {
        assertThat(Footprint.of(TaskKind.MEZZANINE, PLAN, 0, 0))
                .isEqualTo((long) PLAN.largest().width()
                        * PLAN.largest().height()
                        / 8
                        * PLAN.grid().frames());
    }

    @Test
    void theRestIsSmall() {
        assertThat(Footprint.of(TaskKind.POSTER, PLAN, 0, 0)).isEqualTo(1 << 20);
        assertThat(Footprint.of(TaskKind.SUBTITLES, PLAN, 0, 0)).isEqualTo(1 << 20);
    }
}
