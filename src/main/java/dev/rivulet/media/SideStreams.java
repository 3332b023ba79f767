package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the uploaded file holds beside the picture and the sound. It is always read from that file itself, even where
 * picture and sound are read from a copy.
 *
 * @param subtitles text subtitles in stream order, at most {@link #MOST_SUBTITLES}
 * @param ignored what nothing is made of
 * @param ahead seconds by which the clock of the uploaded file is ahead of the one that the rest of the plan uses: 0
 *     unless that is a copy's
 */
public record SideStreams(List<SubtitleTrack> subtitles, List<IgnoredStream> ignored, Rational ahead) {
    /** More than any honest film has. */
    public static final int MOST_SUBTITLES = 32;

    public static final SideStreams NONE = new SideStreams(List.of(), List.of(), Rational.ZERO);

    public SideStreams {
        subtitles = List.copyOf(subtitles);
        ignored = List.copyOf(ignored);
    }

    /** What a file holds; subtitles beyond the most that are made into renditions are ignored. */
    public static SideStreams of(List<SubtitleTrack> subtitles, List<IgnoredStream> ignored) {
        List<IgnoredStream> all = new ArrayList<>(ignored);
        subtitles.stream()
                .skip(MOST_SUBTITLES)
                .map(track -> new IgnoredStream(
                        track.index(), track.codec(), "there are more than " + MOST_SUBTITLES + " subtitles"))
                .forEach(all::add);
        return new SideStreams(subtitles.stream().limit(MOST_SUBTITLES).toList(), all, Rational.ZERO);
    }

    /** The same for a copy whose clock is behind by {@code seconds}. */
    SideStreams ahead(Rational seconds) {
        return new SideStreams(subtitles, ignored, seconds);
    }

    /** Plans that were made before there were subtitles know nothing of them. */
    static SideStreams orNone(@Nullable SideStreams side) {
        return side == null ? NONE : side;
    }
}
