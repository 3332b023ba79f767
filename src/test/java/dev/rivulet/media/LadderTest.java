package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
    @Test
    void fullHdGetsTheProductsTable() {
        assertThat(ladder(Sources.of(1920, 1080), "25"))
                .containsExactly(
                        new Rendition("144p", 256, 144, "ultrafast", 35, 100, 200, 48, 12),
                        new Rendition("240p", 426, 240, "ultrafast", 33, 200, 400, 64, 21),
                        new Rendition("360p", 640, 360, "veryfast", 30, 400, 800, 96, 30),
                        new Rendition("480p", 854, 480, "veryfast", 28, 800, 1600, 96, 30),
                        new Rendition("720p", 1280, 720, "fast", 26, 2000, 4000, 128, 31),
                        new Rendition("1080p", 1920, 1080, "fast", 24, 4000, 8000, 192, 40));
    }

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 1/1, 0, 256x144 426x240 640x360 854x480 1280x720 1920x1080",
        "3840, 2160, 1/1, 0, 256x144 426x240 640x360 854x480 1280x720 1920x1080",
        "1080, 1920, 1/1, 0, 144x256 240x426 360x640 480x854 720x1280 1080x1920",
        "1280, 720, 1/1, 90, 144x256 240x426 360x640 480x854 720x1280",
        "1280, 720, 1/1, 180, 256x144 426x240 640x360 854x480 1280x720",
        "1280, 720, 1/1, 270, 144x256 240x426 360x640 480x854 720x1280",
        "1920, 818, 1/1, 0, 338x144 564x240 844x360 1126x480 1690x720",
        "720, 576, 64/45, 0, 256x144 426x240 640x360 854x480",
        "720, 576, 64/45, 90, 144x256 240x426 360x640 480x854",
        "640, 360, 9/32, 0, 144x288",
        "161, 121, 1/1, 0, 162x122",
        "1281, 721, 1/1, 0, 256x144 426x240 640x360 852x480 1280x720",
        "480, 480, 1/1, 0, 144x144 240x240 360x360 480x480",
        "176, 144, 1/1, 0, 176x144",
        "176, 143, 1/1, 0, 176x144",
        "2, 2, 1/1, 0, 2x2",
        "1, 1, 1/1, 0, 2x2",
        "16, 4000, 1/1, 0, 16x4000"
    })
    void sizesFollowWhatIsShown(int width, int height, String aspect, int rotation, String sizes) {
        Rational shape = Rational.parse(aspect);

        assertThat(ladder(
                                Sources.of(width, height)
                                        .aspect(shape.num(), shape.den())
                                        .rotated(rotation),
                                "25")
                        .stream()
                        .map(rendition -> rendition.width() + "x" + rendition.height()))
                .containsExactly(sizes.split(" "));
    }

    @Test
    void aTinySourceHasOneRenditionNamedLikeTheLowest() {
        assertThat(ladder(Sources.of(64, 48), "25"))
                .containsExactly(new Rendition("144p", 64, 48, "ultrafast", 35, 100, 200, 48, 11));
    }

    @ParameterizedTest
    @CsvSource({
        "25, 100 200 400 800 2000 4000",
        "30, 100 200 400 800 2000 4000",
        "50, 150 300 600 1200 3000 6000",
        "60000/1001, 150 300 600 1200 3000 6000"
    })
    void above30FramesPerSecondTheRatesAreHalfAsMuchAgain(String rate, String maxrates) {
        List<Rendition> renditions = ladder(Sources.of(1920, 1080), rate);

        assertThat(renditions.stream().map(rendition -> Integer.toString(rendition.maxrateKbit())))
                .containsExactly(maxrates.split(" "));
        assertThat(renditions).allMatch(rendition -> rendition.bufsizeKbit() == 2 * rendition.maxrateKbit());
    }

    @Test
    void nothingIsScaledUpByMoreThanTheEvenPixel() {
        for (int width = 1; width < 2600; width += 97) {
            for (int height = 1; height < 2600; height += 89) {
                int shortSide = Math.min(width, height);
                for (Rendition rendition : ladder(Sources.of(width, height), "25")) {
                    int made = Math.min(rendition.width(), rendition.height());
                    if (made > Math.max(2, shortSide + 1) || rendition.width() % 2 + rendition.height() % 2 != 0) {
                        throw new AssertionError(width + "x" + height + " " + rendition);
                    }
                }
            }
        }
    }

    @Test
    void tiersKeepOnlyWhatTheVideoHas() {
        List<Rendition> renditions = ladder(Sources.of(640, 360), "25");

        assertThat(Ladder.tiers(Sources.LADDER, renditions))
                .containsExactly(new Tier(0, List.of("144p")), new Tier(1, List.of("240p", "360p")));
    }

    @Test
    void tiersAreCountedWithoutTheEmptyOnes() {
        LadderSpec spec = new LadderSpec(
                Sources.LADDER.qualities(), List.of(List.of("144p"), List.of("1080p"), List.of("240p", "360p")));

        assertThat(Ladder.tiers(spec, ladder(Sources.of(640, 360), "25")))
                .containsExactly(new Tier(0, List.of("144p")), new Tier(1, List.of("240p", "360p")));
    }

    private static List<Rendition> ladder(Sources source, String rate) {
        return Ladder.of(Sources.LADDER, source.video(), Rational.parse(rate));
    }
}
