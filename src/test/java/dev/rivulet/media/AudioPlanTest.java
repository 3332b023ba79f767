package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioPlanTest {
    @ParameterizedTest
    @CsvSource({
        "0, 48 64 96 128 192",
        "320000, 48 64 96 128 192",
        "192000, 48 64 96 128 192",
        "128001, 48 64 96 128 192",
        "128000, 48 64 96 128",
        "100000, 48 64 96 128",
        "64000, 48 64",
        "48000, 48",
        "8000, 48"
    })
    void noBitrateIsAboveTheSourcesButTheNextStep(long source, String kbits) {
        List<AudioRendition> audio = plan(sound(source, null, null));

        assertThat(audio.stream().map(one -> Integer.toString(one.kbit()))).containsExactly(kbits.split(" "));
    }

    @Test
    void theRichestTrackDecidesForAll() {
        Sources source = sound(48_000, null, null).sound("0", "60", 48_000, 96_000, null, null);

        assertThat(plan(source)).extracting(AudioRendition::kbit).containsExactly(48, 48, 64, 64, 96, 96);
    }

    @Test
    void onlyWhatTheQualitiesNameIsMade() {
        Sources source = Sources.of(320, 180).sound("0", "60", 48_000, 0, null, null);

        assertThat(plan(source)).extracting(AudioRendition::kbit).containsExactly(48);
    }

    @Test
    void withoutSoundThereIsNothing() {
        assertThat(plan(Sources.of(1920, 1080))).isEmpty();
    }

    @Test
    void everyTrackIsAMemberOfEveryGroup() {
        Sources source = sound(64_000, "deu", "Deutsch").sound("0", "60", 44_100, 64_000, "eng", null);

        assertThat(plan(source))
                .containsExactly(
                        new AudioRendition("audio-48k", "audio-48k", 1, 48, 48_000, false, "Deutsch", "deu", true),
                        new AudioRendition("audio-48k", "audio-48k-1", 2, 48, 44_100, false, "eng", "eng", false),
                        new AudioRendition("audio-64k", "audio-64k", 1, 64, 48_000, false, "Deutsch", "deu", true),
                        new AudioRendition("audio-64k", "audio-64k-1", 2, 64, 44_100, false, "eng", "eng", false));
    }

    @Test
    void exactlyOneMemberOfAGroupIsTheDefault() {
        AudioTrack first = new AudioTrack(1, "aac", "LC", 2, 48_000, 0, Rational.ZERO, null, null, null, false);
        AudioTrack second = new AudioTrack(4, "aac", "LC", 2, 48_000, 0, Rational.ZERO, null, null, null, true);
        AudioTrack third = new AudioTrack(5, "aac", "LC", 2, 48_000, 0, Rational.ZERO, null, null, null, true);
        SourceInfo source =
                new SourceInfo("mov", Rational.ZERO, null, Sources.of(320, 180).video(), List.of(first, second, third));

        assertThat(AudioPlan.of(source, renditions(source)).stream().filter(AudioRendition::preferred))
                .extracting(AudioRendition::stream)
                .containsExactly(4);
    }

    @ParameterizedTest
    @CsvSource({"8000, 48000", "22050, 48000", "32000, 48000", "44100, 44100", "48000, 48000", "96000, 48000"})
    void allIsFortyEightKilohertzButFortyFourStays(int source, int made) {
        assertThat(plan(Sources.of(320, 180).sound("0", "60", source, 0, null, null)))
                .extracting(AudioRendition::sampleRate)
                .containsOnly(made);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A;A;A;A",
                "A;A 2;A;A",
                "A;A 3;A;A 4",
                "A 3;A;A;A 3",
                "Sound;'';'\"';\u0085",
                "x;X;x ;\"x\"",
                "A;A 2;A 3;A"
            })
    void namesAreUniqueWithinAGroup(String a, String b, String c, String d) {
        Sources source = Sources.of(320, 180);
        Stream.of(a, b, c, d).forEach(title -> source.sound("0", "60", 48_000, 0, null, title));

        assertThat(plan(source)).extracting(AudioRendition::name).hasSize(4).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"b",
                "a\nb",
                "a\r\nb",
                "a\0b",
                "a\u0085b",
                "a\u009fb",
                "a\u001bb",
                "\"a\",URI=\"http://x/\"b",
                "a\u007fb"
            })
    void namesHoldNothingThatEndsAQuotedString(String title) {
        AudioRendition audio = plan(sound(0, null, title)).get(0);

        assertThat(audio.name()).startsWith("a").endsWith("b").doesNotContainPattern("[\"\\p{Cc}]");
    }

    @Test
    void aTitleAsLongAsAFileIsCut() {
        assertThat(plan(sound(0, null, "\ud83c\udfb5".repeat(50_000)))
                        .get(0)
                        .name()
                        .length())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"48, 48", "64, 64", "96, 96", "128, 96", "192, 96"})
    void aRenditionGoesWithTheHighestBitrateThatItMayHave(int wanted, int given) {
        List<AudioRendition> audio = plan(sound(90_000, null, null));
        Rendition rendition = new Rendition("x", 2, 2, "fast", 20, 100, 200, wanted, 10);

        assertThat(AudioPlan.bitrateFor(rendition, audio)).isEqualTo(given);
        assertThat(AudioPlan.bitrateFor(rendition, List.of())).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 48000, 0",
        "1, 3, 48000, 141",
        "2, 3, 48000, 282",
        "1, 3003/1000, 44100, 130",
        "16, 3, 48000, 2250"
    })
    void segmentsBeginAtTheFirstFrameThatIsNotEarlier(long segment, String seconds, int rate, long frame) {
        assertThat(AudioPlan.firstFrame(segment, Rational.parse(seconds), rate)).isEqualTo(frame);
    }

    private static Sources sound(long bitrate, String language, String title) {
        return Sources.of(1920, 1080).sound("0", "60", 48_000, bitrate, language, title);
    }

    private static List<AudioRendition> plan(Sources source) {
        return AudioPlan.of(source.info(), renditions(source.info()));
    }

    private static List<Rendition> renditions(SourceInfo source) {
        return Ladder.of(Sources.LADDER, source.video(), Rational.of(25));
    }
}
