package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundPartTest {
    private static final MediaPlan SEVERAL = Samples.plan(20);

    @Test
    void theLowestQualityHasItsSoundForItself() {
        assertThat(SoundPart.of(SEVERAL)).containsExactly(SoundPart.LOWEST, SoundPart.OTHERS);
        assertThat(kbit(SoundPart.LOWEST)).containsExactly(48);
        assertThat(kbit(SoundPart.OTHERS)).containsExactly(64, 96, 128);
    }

    @Test
    void theRestOfThePlanStaysAsItIs() {
        assertThat(SoundPart.LOWEST.only(SEVERAL).withSound(SEVERAL.audio())).isEqualTo(SEVERAL);
        assertThat(SoundPart.ALL.only(SEVERAL)).isEqualTo(SEVERAL);
    }

    @Test
    void everyTrackOfTheLowestBitrateIsAmongIt() {
        MediaPlan two = Sources.of(426, 240).sound("0", "60").sound("0", "60").plan();
        assertThat(SoundPart.LOWEST.only(two).audio())
                .extracting(AudioRendition::folder)
                .containsExactly("audio-48k", "audio-48k-1");
        assertThat(SoundPart.OTHERS.only(two).audio())
                .extracting(AudioRendition::folder)
                .containsExactly("audio-64k", "audio-64k-1");
    }

    @Test
    void oneBitrateIsOneTaskAndNoSoundIsNone() {
        assertThat(SoundPart.of(Sources.of(256, 144).sound("0", "60").plan())).containsExactly(SoundPart.ALL);
        assertThat(SoundPart.of(Sources.of(426, 240).plan())).isEmpty();
    }

    @Test
    void aQualityKnowsWhichPartItsSoundIs() {
        assertThat(SEVERAL.renditions())
                .extracting(rendition -> SoundPart.beyondLowest(SEVERAL, rendition))
                .containsExactly(false, true, true, true);
    }

    @Test
    void theTierOfItsTaskTellsThePart() {
        assertThat(SoundPart.of(0)).isEqualTo(SoundPart.ALL);
        assertThat(SoundPart.of(1)).isEqualTo(SoundPart.LOWEST);
        assertThat(SoundPart.of(2)).isEqualTo(SoundPart.OTHERS);
    }

    private static List<Integer> kbit(SoundPart part) {
        return part.only(SEVERAL).audio().stream().map(AudioRendition::kbit).toList();
    }
}
