package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.Storyboard;
import dev.rivulet.testing.Golden;
import dev.rivulet.testing.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole command lines: each difference is to be understood before it is accepted. */
class CommandsTest {
    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 1L << 31, 1L << 34, Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final String SOURCE = "/data/media/v/source/original";
    private static final Path FOLDER = Path.of("/data/work/tasks/1-1-abcdef01");
    private static final Place PLACE = new Place(SOURCE, FOLDER, LIMITS);

    private static final MediaPlan PLAIN =
            Sources.of(1280, 720).rate("30000/1001").sound("0", "60").plan();

    @Test
    void theFirstChunkIsReadFromTheBeginning() {
        Golden.matches("commands/chunk-first.txt", chunk(PLAIN, 0, 0));
    }

    @Test
    void anIntermediateIsReadFromBeginningToEnd() {
        Golden.matches("commands/mezzanine.txt", MezzanineCommand.of(PLAIN.sequential(), 2, PLACE));
        MediaPlan held =
                Sources.of(320, 240).rate("24").lasting("2").sound("0", "2.9").plan();
        Golden.matches("commands/mezzanine-held.txt", MezzanineCommand.of(held.sequential(), 1, PLACE));
    }

    @Test
    void aChunkOfAnIntermediateIsReadAsItIs() {
        MediaPlan plan = PLAIN.sequential();
        Place place = new Place("/data/media/v/" + dev.rivulet.media.Mezzanine.chunk(2), FOLDER, LIMITS);
        Golden.matches(
                "commands/mezzanine-chunk.txt",
                ChunkCommand.ofMezzanine(
                        plan, plan.chunks().chunks().get(2), plan.tiers().get(1), 1, place));
        Chunk last = plan.chunks().chunks().get(last(plan));
        Golden.matches(
                "commands/mezzanine-last-chunk.txt",
                ChunkCommand.ofMezzanine(plan, last, plan.tiers().get(0), 2, place));
    }

    @Test
    void theSpritesOfAStoryboardAreMadeOfKeyframes() {
        Path mp4 = Path.of("/data/media/v/144p.mp4");
        Golden.matches("commands/storyboard.txt", StoryboardCommand.of(mp4, Storyboard.of(PLAIN), FOLDER));
        Golden.matches(
                "commands/storyboard-percent.txt",
                StoryboardCommand.of(mp4, Storyboard.of(PLAIN), Path.of("/data/100%/work")));
    }

    @Test
    void streamsAreCopiedAsTheyAre() {
        Golden.matches("commands/copy.txt", CopyCommand.of(PLAIN.source(), "source/copy.mkv", PLACE));
    }

    @Test
    void subtitlesAreReadOnceAndAnHourLate() {
        MediaPlan plan = Sources.of(320, 240)
                .starting("588.083")
                .sound("588", "60")
                .subtitles("deu", null, true, false)
                .subtitles("eng", null, false, false)
                .plan();

        Golden.matches("commands/subtitles.txt", SubtitlesCommand.of(plan, plan.subtitles(), PLACE));
    }

    @Test
    void aMiddleChunkIsSoughtAndSeesOneFrameMore() {
        Golden.matches("commands/chunk-middle-tier-of-two.txt", chunk(PLAIN, 2, 1));
    }

    @Test
    void theLastChunkHasALastFrameToHold() {
        Golden.matches("commands/chunk-last.txt", chunk(PLAIN, last(PLAIN), 0));
    }

    @Test
    void aPictureThatEndsBeforeTheSoundHoldsItsLastFrame() {
        MediaPlan plan =
                Sources.of(320, 240).rate("24").lasting("2").sound("0", "20").plan();

        Golden.matches("commands/chunk-first-held.txt", chunk(plan, 0, 0));
        Golden.matches("commands/chunk-last-held.txt", chunk(plan, last(plan), 0));
    }

    @Test
    void timesAreTheSourcesWhereItDoesNotBeginAtZero() {
        MediaPlan plan =
                Sources.of(320, 240).starting("588.083").sound("588", "60").plan();

        Golden.matches("commands/chunk-late-origin.txt", chunk(plan, 3, 0));
        Golden.matches("commands/audio-late-origin.txt", audio(plan));
        Golden.matches("commands/poster-late-origin.txt", PosterCommand.of(plan, true, PLACE));
    }

    @Test
    void aTurnedPictureIsMadeAsItIsShown() {
        MediaPlan plan = Sources.of(1920, 1080).rotated(90).plan();

        Golden.matches("commands/chunk-turned-tier-of-three.txt", chunk(plan, 1, 1));
        Golden.matches("commands/poster-turned.txt", PosterCommand.of(plan, true, PLACE));
    }

    @Test
    void highDynamicRangeIsToneMappedAtTheLargestSizeOfATier() {
        Golden.matches("commands/chunk-hdr10.txt", chunk(wide("smpte2084", 203), 0, 1));
        Golden.matches("commands/chunk-hlg-graded-dim.txt", chunk(wide("arib-std-b67", 100), 0, 0));
        Golden.matches("commands/poster-hdr10.txt", PosterCommand.of(wide("smpte2084", 203), true, PLACE));
    }

    @Test
    void coloursAreWhatTheSourceSaysTheyAre() {
        Golden.matches("commands/chunk-wide-colours.txt", chunk(wide("", 0), 0, 0));
        Golden.matches(
                "commands/chunk-transparent.txt",
                chunk(Sources.of(320, 240).coloured("argb", "gbr", "", "", "pc").plan(), 0, 0));
        Golden.matches(
                "commands/chunk-full-range.txt",
                chunk(
                        Sources.of(320, 240)
                                .coloured("yuvj422p", "smpte170m", "", "", "pc")
                                .plan(),
                        0,
                        0));
    }

    @Test
    void fieldsAreMadeFramesBeforeTheyAreCounted() {
        Sources tape = Sources.of(720, 576).aspect(16, 15);
        Sources film = Sources.of(720, 480).rate("30000/1001").scanned(Scan.TELECINED);

        Golden.matches(
                "commands/chunk-fields.txt", chunk(tape.scanned(Scan.TOP_FIRST).plan(), 2, 0));
        Golden.matches("commands/chunk-telecined.txt", chunk(film.plan(), 2, 0));
        assertThat(PosterCommand.of(film.plan(), true, PLACE)).noneMatch(argument -> argument.contains("decimate"));
    }

    @Test
    void aLookSeesFramesNearATenthAndNearTheMiddle() {
        Golden.matches(
                "commands/look-fields.txt",
                LookCommand.fields(SOURCE, Sources.of(720, 576).video(), Rational.of(60), LIMITS));
        Golden.matches(
                "commands/look-brightness.txt",
                LookCommand.brightness(SOURCE, wide("smpte2084", 0).source().video(), Rational.of(60), LIMITS));
    }

    private static MediaPlan wide(String transfer, int white) {
        return Sources.of(1920, 1080)
                .coloured("yuv420p10le", "bt2020nc", transfer, "bt2020", "tv")
                .white(white)
                .plan();
    }

    @Test
    void aLastChunkOfOneSegmentHasItsLengthAsDistanceOfKeyframes() {
        MediaPlan plan = Sources.of(320, 240).lasting("10").plan();

        assertThat(plan.chunks().chunks()).last().extracting(Chunk::frames).isEqualTo(100);
        assertThat(chunk(plan, last(plan), 0)).containsSequence("-g", "100", "-keyint_min", "100");
    }

    @Test
    void aLongerLeadInBeginsReadingEarlier() {
        Chunk chunk = PLAIN.chunks().chunks().get(3);
        List<String> args = ChunkCommand.of(PLAIN, chunk, PLAIN.tiers().get(0), new Pace(2, Rational.of(11)), PLACE);

        assertThat(args)
                .containsSequence(
                        "-ss",
                        PLAIN.grid()
                                .time(chunk.firstFrame())
                                .minus(Rational.of(11))
                                .toDecimal(6));
        assertThat(args).containsSequence("-threads", "2");
    }

    @Test
    void noOptionOfAChunkIsSaidTwiceForOneFile() {
        for (int tier = 0; tier < PLAIN.tiers().size(); tier++) {
            List<String> args = chunk(PLAIN, 1, tier);
            List<String> input = args.subList(0, args.indexOf("-i"));
            assertThat(input.stream().filter(argument -> argument.startsWith("-")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void allSoundIsMadeFromOneDecode() {
        MediaPlan plan = Sources.of(320, 240)
                .sound("0", "60", 44_100, 64_000, "deu", null)
                .sound("0.5", "61", 48_000, 64_000, "eng", null)
                .plan();

        Golden.matches("commands/audio-two-tracks.txt", audio(plan));
    }

    @Test
    void soundThatIsAlreadyAsWantedIsTakenOver() {
        MediaPlan plan = Sources.of(320, 240)
                .sound("0", "60", 48_000, 64_000, "eng", null)
                .plan();

        Golden.matches("commands/audio-taken.txt", audio(plan));
        assertThat(AudioCommand.of(plan, false, PLACE)).doesNotContain("copy");
    }

    @Test
    void soundOfAFilmWhoseEndIsNotKnownEndsWithIt() {
        MediaPlan plan = MediaPlan.beginning(
                Sources.of(320, 240)
                        .sound("0", "60", 48_000, 64_000, "eng", null)
                        .info()
                        .begun(Rational.of(20)),
                Sources.LADDER,
                Rational.of(3),
                4,
                Rational.of(15),
                new MediaPlan.Share(Rational.ZERO, 0.3));

        assertThat(String.join(" ", audio(plan)))
                .contains("atrim=start_sample=1024,asetpts")
                .doesNotContain("apad")
                .doesNotContain("end_sample")
                .doesNotContain("-c:a copy");
    }

    @Test
    void thePosterIsARepresentativeFrameNearATenthOfTheLength() {
        Golden.matches("commands/poster-beginning.txt", PosterCommand.of(PLAIN, false, PLACE));
        Golden.matches("commands/audio-counting.txt", AudioCommand.counting(PLAIN, PLACE));
        Golden.matches("commands/audio-silent.txt", AudioCommand.silent(PLAIN, PLACE));
        Golden.matches("commands/poster.txt", PosterCommand.of(PLAIN, true, PLACE));
    }

    @Test
    void thePosterOfOneFrameIsThatFrame() {
        MediaPlan plan = Sources.of(100, 50).lasting("0.04").plan();

        Golden.matches("commands/poster-one-frame.txt", PosterCommand.of(plan, true, PLACE));
    }

    @Test
    void joiningEncodesNothing() {
        Path output = FOLDER.resolve("720p.mp4");

        Golden.matches(
                "commands/remux.txt",
                RemuxCommand.of(
                        "/m/v/720p/index.m3u8",
                        List.of("/m/v/audio-128k/index.m3u8", "/m/v/audio-128k-1/index.m3u8"),
                        output));
        Golden.matches("commands/remux-silent.txt", RemuxCommand.of("/m/v/720p/index.m3u8", List.of(), output));
    }

    private static List<String> chunk(MediaPlan plan, int chunk, int tier) {
        return ChunkCommand.of(
                plan, plan.chunks().chunks().get(chunk), plan.tiers().get(tier), new Pace(1, Rational.ONE), PLACE);
    }

    private static List<String> audio(MediaPlan plan) {
        return AudioCommand.of(plan, true, PLACE);
    }

    private static int last(MediaPlan plan) {
        return plan.chunks().chunks().size() - 1;
    }
}
