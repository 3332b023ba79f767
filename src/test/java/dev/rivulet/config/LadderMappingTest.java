package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rivulet.config.SettingsMapping.Sources;
import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.Quality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderMappingTest {
    @Test
    void defaultLadderIsTheProductsTable() {
        assertThat(ladder(Map.of()))
                .isEqualTo(new LadderSpec(
                        List.of(
                                new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48),
                                new Quality("240p", 426, 240, "ultrafast", 33, 200, 400, 64),
                                new Quality("360p", 640, 360, "veryfast", 30, 400, 800, 96),
                                new Quality("480p", 854, 480, "veryfast", 28, 800, 1600, 96),
                                new Quality("720p", 1280, 720, "fast", 26, 2000, 4000, 128),
                                new Quality("1080p", 1920, 1080, "fast", 24, 4000, 8000, 192)),
                        List.of(List.of("144p", "240p"), List.of("360p", "480p"), List.of("720p", "1080p"))));
    }

    @Test
    void aLineDoesWhatTheListDoes() {
        LadderSpec ladder = ladder(Map.of(
                "RIVULET_LADDER_QUALITIES",
                "144p 256x144 ultrafast 35 100k 200k 48k on; 720p 1280x720 slow 20 3000k 6000k 128k on;"
                        + " 1080p 1920x1080 fast 24 4000k 8000k 192k off",
                "RIVULET_LADDER_TIERS",
                "144p; 720p, 1080p"));

        assertThat(ladder)
                .isEqualTo(new LadderSpec(
                        List.of(
                                new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48),
                                new Quality("720p", 1280, 720, "slow", 20, 3000, 6000, 128)),
                        List.of(List.of("144p"), List.of("720p"))));
    }

    @Test
    void everyCellIsChecked() {
        assertThat(problems(Map.of(
                        "RIVULET_LADDER_QUALITIES", "a/b 255x144 quick 52 100 0k 48k maybe extra",
                        "RIVULET_LADDER_TIERS", "144p")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "ladder.qualities[0].column 10",
                        "ladder.qualities[0].name",
                        "ladder.qualities[0].preset",
                        "ladder.qualities[0].enabled",
                        "ladder.qualities[0].width",
                        "ladder.qualities[0].crf",
                        "ladder.qualities[0].maxrate",
                        "ladder.qualities[0].bufsize",
                        "ladder.qualities",
                        "ladder.tiers");
    }

    @Test
    void tiersNameEveryEnabledQualityOnce() {
        assertThat(problems(Map.of("RIVULET_LADDER_TIERS", "144p; 240p 360p 480p; 720p; 720p; 999p")))
                .containsExactly(
                        "ladder.tiers: must name qualities of the ladder, found '999p'",
                        "ladder.tiers: must name each enabled quality once, found '1080p' 0 times",
                        "ladder.tiers: must name each enabled quality once, found '720p' 2 times");
    }

    @Test
    void namesAreUnique() {
        String row = "144p 256x144 ultrafast 35 100k 200k 48k on";
        assertThat(problems(Map.of("RIVULET_LADDER_QUALITIES", row + ";" + row, "RIVULET_LADDER_TIERS", "144p")))
                .containsExactly("ladder.qualities[1].name: must be unique, found '144p' again");
    }

    private static LadderSpec ladder(Map<String, String> environment) {
        return SettingsMapping.map(new Sources(SettingsLoader.defaults(), "", "", Map.of(), environment))
                .ladder();
    }

    private static List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> ladder(environment))
                .problems();
    }
}
