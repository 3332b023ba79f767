package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Golden;
import dev.rivulet.testing.Sources;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebVttTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void cuesAreCutIntoSegmentsAndStandInEachThatTheyAreShownIn() {
        MediaPlan plan = Sources.of(320, 240).lasting("75").plan();
        List<Cue> cues = read(
                """
                WEBVTT

                00:01.000 --> 00:02.500
                first

                00:29.000 --> 00:31.000 line:0
                over the boundary

                00:30.000 --> 00:31.000
                from the boundary on

                00:20.000 --> 01:30.000
                to the very end
                """,
                Duration.ZERO,
                Duration.ofSeconds(75));

        CueSegments cut = CueSegments.of(cues, SubtitlePlan.segments(plan));

        assertThat(cut.dropped()).isZero();
        assertThat(cut.files()).hasSize(3);
        Golden.matches("subtitles/segments.txt", String.join("=====\n", cut.files()));
    }

    @Test
    void everySegmentIsThereEvenWithoutAWord() {
        CueSegments cut = CueSegments.of(
                List.of(), SubtitlePlan.segments(Sources.of(320, 240).plan()));

        assertThat(cut.files()).hasSize(2).allMatch(file -> file.startsWith("WEBVTT\nX-TIMESTAMP-MAP="));
    }

    @Test
    void timesAreThoseOfThePresentationAndWhatLiesOutsideIsCut() {
        List<Cue> cues = read(
                """
                WEBVTT

                59:58.000 --> 59:59.000
                before

                59:59.000 --> 01:00:01.500
                begun before

                01:00:59.000 --> 01:01:30.000
                longer than the picture

                01:01:00.000 --> 01:01:30.000
                after
                """,
                Duration.ofHours(1),
                MINUTE);

        assertThat(cues).containsExactly(cue(0, 1500, "begun before"), cue(59_000, 60_000, "longer than the picture"));
    }

    @Test
    void aCueWithoutLengthIsShownUntilTheNextOneButNotForLong() {
        String document = "WEBVTT\n\n00:01.000 --> 00:01.000\na\n\n00:01.000 --> 00:01.000\nb\n\n"
                + "00:03.000 --> 00:02.000\nc\n\n00:20.000 --> 00:20.000\nd\n";

        assertThat(read(document, Duration.ZERO, MINUTE))
                .containsExactly(
                        cue(1000, 3000, "a"), cue(1000, 3000, "b"), cue(3000, 8000, "c"), cue(20_000, 25_000, "d"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a < b & c > d            | a &lt; b &amp; c &gt; d",
                "x --> y                  | x --&gt; y",
                "<i>it <b>bo</i></b>      | <i>it <b>bo</b></i>",
                "</b><i>open              | <i>open</i>",
                "<script>alert(1)</script>| &lt;script&gt;alert(1)&lt;/script&gt;",
                "<c.red>x</c><I>y</I>     | &lt;c.red&gt;x&lt;/c&gt;&lt;I&gt;y&lt;/I&gt;",
                "&lt;b>                   | &amp;lt;b&gt;",
                "next\\hword              | next\u00a0word",
                "m 0 0 l 100 0 100 100    | ``",
                "m is a letter            | m is a letter",
                "<u></u>                  | ``",
                "<                        | &lt;",
            })
    void onlyPlainTagsAreTags(String raw, String text) {
        assertThat(CueText.of(raw)).isEqualTo(text);
    }

    @Test
    void linesThatWouldEndACueAreLeftOut() {
        List<Cue> cues = read(
                "WEBVTT\n\nNOTE who knows\n\n00:01.000 --> 00:02.000\n\n\none\n\n \ntwo\u0007\n00:05.000 --> 00:06.000\nthree",
                Duration.ZERO,
                MINUTE);

        assertThat(cues).containsExactly(cue(1000, 2000, "one\ntwo\n00:05.000 --&gt; 00:06.000\nthree"));
    }

    @Test
    void whatIsNoCueIsNoCue() {
        for (String document : List.of(
                "",
                "\0",
                "WEBVTT",
                "WEBVTT\n\n-1:00.000 --> 00:01.000\nx",
                "WEBVTT\n\n99999999999:00:00.000 --> 99999999999:00:01.000\nx",
                "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n\n")) {
            assertThat(read(document, Duration.ZERO, MINUTE)).as(document).isEmpty();
        }
    }

    @Test
    void hugeTextsAreCutAndNoLetterInHalf() {
        String text = CueText.of("x" + "\ud83c\udfb5".repeat(100_000));

        assertThat(text).hasSize(CueText.LONGEST - 1).endsWith("\ud83c\udfb5");
    }

    @Test
    void tenThousandCuesOfAFilmAreAllThere() {
        List<Cue> cues = read(document(10_000, 700, 650), Duration.ZERO, Duration.ofHours(2));
        CueSegments cut = CueSegments.of(cues, lengths(240));

        assertThat(cues).hasSize(10_000);
        assertThat(cut.dropped()).isZero();
        assertThat(String.join("", cut.files())).contains("text 0\n", "text 9999\n");
    }

    @Test
    void cuesThatAllOverlapAreBounded() {
        List<Cue> cues = read(document(10_000, 1, 7_000_000), Duration.ZERO, Duration.ofHours(2));
        CueSegments cut = CueSegments.of(cues, lengths(240));

        assertThat(cut.dropped()).isPositive();
        assertThat(cut.files()).hasSize(240);
        assertThat(cut.files().stream().mapToInt(String::length).max().orElseThrow())
                .isLessThanOrEqualTo(1 << 20);
        assertThat(cut.files().stream().mapToLong(String::length).sum()).isLessThan(33L << 20);
    }

    @Test
    void whatIsSaidTwiceAtTheSameTimeIsShownOnce() {
        String cue = "\n00:01.000 --> 00:02.000\neffect\n";

        assertThat(read("WEBVTT\n" + cue + cue + cue, Duration.ZERO, MINUTE)).hasSize(1);
    }

    private static String document(int cues, int step, int length) {
        return IntStream.range(0, cues)
                .mapToObj(i -> stamp(i * step) + " --> " + stamp(i * step + length) + "\ntext " + i + "\n")
                .collect(Collectors.joining("\n", "WEBVTT\n\n", ""));
    }

    private static String stamp(int millis) {
        Duration time = Duration.ofMillis(millis);
        return "%02d:%02d:%02d.%03d"
                .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart());
    }

    private static List<Rational> lengths(int count) {
        return java.util.Collections.nCopies(count, Rational.of(30));
    }

    private static List<Cue> read(String document, Duration origin, Duration length) {
        return WebVtt.read(document, origin, length);
    }

    private static Cue cue(long start, long end, String text) {
        return new Cue(Duration.ofMillis(start), Duration.ofMillis(end), text);
    }
}
