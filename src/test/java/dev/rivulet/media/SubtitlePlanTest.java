package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubtitlePlanTest {
    @Test
    void everyTrackHasANameOfItsOwnAndOneIsPreferred() {
        List<SubtitleRendition> subtitles = SubtitlePlan.of(Sources.of(320, 180)
                .sound("0", "60")
                .subtitles("deu", "Deutsch", false, false)
                .subtitles("deu", "Deutsch", true, false)
                .subtitles("eng", null, true, true)
                .subtitles(null, "\"\n", false, false)
                .subtitles(null, null, false, true)
                .info());

        assertThat(subtitles)
                .extracting(SubtitleRendition::name)
                .containsExactly("Deutsch", "Deutsch 2", "eng (forced)", "Subtitles", "Subtitles (forced)");
        assertThat(subtitles)
                .extracting(SubtitleRendition::preferred)
                .containsExactly(false, true, false, false, false);
        assertThat(subtitles).extracting(SubtitleRendition::stream).containsExactly(2, 3, 4, 5, 6);
        assertThat(subtitles.get(4).folder()).isEqualTo("subs-4");
    }

    @Test
    void moreTracksThanAnybodyWantsAreIgnored() {
        List<SubtitleTrack> tracks = IntStream.range(0, 40)
                .mapToObj(i -> new SubtitleTrack(i, "subrip", null, null, false, false))
                .toList();

        SideStreams side = SideStreams.of(tracks, List.of());

        assertThat(side.subtitles()).hasSize(SideStreams.MOST_SUBTITLES);
        assertThat(side.ignored()).hasSize(8).extracting(IgnoredStream::index).startsWith(32);
    }

    @Test
    void segmentsFollowThePicturesAndEndWithIt() {
        MediaPlan plan = Sources.of(320, 240).rate("30000/1001").lasting("75").plan();

        List<Rational> segments = SubtitlePlan.segments(plan);

        assertThat(segments).hasSize(3);
        assertThat(segments.get(0)).isEqualTo(plan.segmentDuration().times(10));
        assertThat(segments.stream().reduce(Rational.ZERO, Rational::plus))
                .isEqualTo(plan.grid().duration());
    }

    /** A copy begins at 0 and perhaps, if the original's first keyframe comes late, with less picture. */
    @Test
    void theClockOfACopyIsToldByTheStreamThatBeginsAlikeInBoth() {
        SourceInfo original = Sources.of(320, 240)
                .starting("10.4")
                .sound("10", "60")
                .subtitles("deu", null, true, false)
                .info();
        SourceInfo copy = Sources.of(320, 240).starting("0.9").sound("0", "60").info();

        SourceInfo read = copy.copyOf(original);

        assertThat(read.side().ahead()).isEqualTo(Rational.of(10));
        assertThat(read.side().subtitles()).isEqualTo(original.side().subtitles());
        MediaPlan plan = MediaPlan.of(read, Sources.LADDER, Rational.of(3), 4, SourceClass.REMUX, "source/copy.mkv");
        assertThat(SubtitlePlan.origin(plan)).isEqualTo(Rational.parse("10.9"));
    }
}
