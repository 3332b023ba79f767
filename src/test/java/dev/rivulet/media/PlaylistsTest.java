package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Golden;
import dev.rivulet.testing.Sources;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaylistsTest {
    private static final Rational NTSC_3S = new Rational(3003, 1000);

    @Test
    void aGrowingPlaylistHasNoEndAndIsPlayedFromItsBeginning() {
        Golden.matches("playlists/growing.m3u8", Playlists.media(List.of(NTSC_3S, NTSC_3S), 3, false));
    }

    @Test
    void aFinalPlaylistEnds() {
        Golden.matches(
                "playlists/final.m3u8",
                Playlists.media(
                        List.of(NTSC_3S, Rational.of(3), new Rational(1024, 44100), new Rational(1001, 60000)),
                        3,
                        true));
    }

    @Test
    void theMultivariantPlaylistNamesEveryTrackInItsLanguage() {
        MediaPlan plan = Sources.of(640, 360)
                .rate("30000/1001")
                .sound("0", "60", 48_000, 64_000, "deu", "Deutsch")
                .sound("0", "60", 48_000, 64_000, "pt-BR", null)
                .sound("0", "60", 48_000, 64_000, null, null)
                .plan();

        Golden.matches("playlists/multivariant.m3u8", multivariant(plan, false));
    }

    @Test
    void withoutSoundTheMultivariantPlaylistHasNoGroups() {
        Golden.matches(
                "playlists/silent.m3u8", multivariant(Sources.of(320, 240).plan(), false));
    }

    @Test
    void aPreviewIsPlayedFromItsBeginning() {
        Golden.matches(
                "playlists/preview.m3u8",
                multivariant(Sources.of(176, 144).sound("0", "60").plan(), true));
    }

    @Test
    void subtitlesHaveAPlaylistOfTheirOwn() {
        MediaPlan plan = Sources.of(176, 144).rate("30000/1001").lasting("75").plan();

        Golden.matches("playlists/texts.m3u8", Playlists.texts(SubtitlePlan.segments(plan)));
    }

    @Test
    void aHostileTitleStaysWithinItsName() {
        String playlist = multivariant(
                Sources.of(176, 144)
                        .sound("0", "60", 48_000, 0, "en", "x\",URI=\"http://evil/\"\r\n#EXT-X-ENDLIST\u0085\0\u2028y")
                        .plan(),
                true);

        Golden.matches("playlists/hostile-title.m3u8", playlist);
    }

    @Test
    void segmentNamesDoNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Stream.of(0, 7, 12_345, 123_456).map(Playlists::segmentName))
                    .containsExactly("seg_00000.m4s", "seg_00007.m4s", "seg_12345.m4s", "seg_123456.m4s");
            aGrowingPlaylistHasNoEndAndIsPlayedFromItsBeginning();
            aPreviewIsPlayedFromItsBeginning();
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String multivariant(MediaPlan plan, boolean fromStart) {
        return Playlists.multivariant(
                plan.renditions().stream()
                        .map(rendition -> PlannedFigures.variant(plan, rendition, "avc1.42c00c"))
                        .toList(),
                plan.audio(),
                plan.subtitles(),
                fromStart);
    }
}
