package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedFiguresTest {
    private static final MediaPlan PLAN =
            Sources.of(1280, 720).rate("30000/1001").sound("0", "60").plan();

    @Test
    void theBandwidthIsTheCapOfPictureAndSoundWithTheContainersShare() {
        assertThat(PlannedFigures.bandwidth(PLAN.rendition("144p"), PLAN.audio()))
                .isEqualTo((100 + 48) * 1100);
        assertThat(PlannedFigures.bandwidth(PLAN.rendition("720p"), PLAN.audio()))
                .isEqualTo((2000 + 128) * 1100);
        assertThat(PlannedFigures.bandwidth(PLAN.rendition("720p"), List.of())).isEqualTo(2000 * 1100);
    }

    @Test
    void theGroupIsTheOneOfTheBitrate() {
        assertThat(PlannedFigures.audioGroup(PLAN.rendition("240p"), PLAN.audio()))
                .isEqualTo("audio-64k");
        assertThat(PlannedFigures.audioGroup(PLAN.rendition("240p"), List.of())).isNull();
    }

    @Test
    void theVariantSaysWhatIsPlanned() {
        assertThat(PlannedFigures.variant(PLAN, PLAN.rendition("144p"), "avc1.42c00c"))
                .isEqualTo(new Playlists.VariantStream(
                        "144p/index.m3u8",
                        162_800,
                        162_800,
                        List.of("avc1.42c00c", "mp4a.40.2"),
                        256,
                        144,
                        new Rational(30000, 1001),
                        "audio-48k"));
    }

    @Test
    void withoutSoundNoCodecAndNoGroupIsNamed() {
        MediaPlan silent = Sources.of(1280, 720).plan();

        assertThat(PlannedFigures.variant(silent, silent.rendition("144p"), "avc1.42c00c"))
                .satisfies(variant -> assertThat(variant.codecs()).containsExactly("avc1.42c00c"))
                .satisfies(variant -> assertThat(variant.audioGroup()).isNull());
    }
}
