package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Chooses the subtitle renditions of a source, and knows where their segments are cut. */
public final class SubtitlePlan {
    /** GROUP-ID of all subtitles. */
    public static final String GROUP = "subs";

    /** Text is small: a request for every segment of picture would cost more than what it fetches. */
    private static final int PICTURE_SEGMENTS = 10;

    private SubtitlePlan() {}

    /** Every text subtitle, in stream order; the first one that is marked as default is preferred. */
    public static List<SubtitleRendition> of(SourceInfo source) {
        List<SubtitleTrack> tracks = source.side().subtitles();
        List<String> names =
                TrackNames.unique(tracks.stream().map(SubtitlePlan::wantedName).toList(), "Subtitles");
        List<SubtitleRendition> result = new ArrayList<>();
        boolean chosen = false;
        for (int i = 0; i < tracks.size(); i++) {
            SubtitleTrack track = tracks.get(i);
            boolean preferred = track.preferred() && !chosen;
            chosen |= preferred;
            result.add(new SubtitleRendition(
                    "subs-" + i,
                    track.index(),
                    track.codec(),
                    names.get(i),
                    track.language(),
                    preferred,
                    track.forced()));
        }
        return result;
    }

    /** Exact length of each segment in seconds: every tenth boundary of the picture's segments is one of theirs. */
    public static List<Rational> segments(MediaPlan plan) {
        long full = (long) plan.chunks().segmentFrames() * PICTURE_SEGMENTS;
        List<Rational> lengths = new ArrayList<>();
        for (long left = plan.grid().frames(); left > 0; left -= full) {
            lengths.add(plan.grid().time(Math.min(left, full)));
        }
        return lengths;
    }

    /** Where the presentation begins on the clock of the uploaded file, in seconds. */
    public static Rational origin(MediaPlan plan) {
        return plan.grid().origin().plus(plan.source().side().ahead());
    }

    private static String wantedName(SubtitleTrack track) {
        if (track.title() != null) {
            return track.title();
        }
        String language = Objects.requireNonNullElse(track.language(), "Subtitles");
        return track.forced() ? language + " (forced)" : language;
    }
}
