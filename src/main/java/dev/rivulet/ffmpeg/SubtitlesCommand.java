package dev.rivulet.ffmpeg;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SubtitlePlan;
import dev.rivulet.media.SubtitleRendition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command that reads a source once and writes each of its text subtitle tracks as WebVTT. */
public final class SubtitlesCommand {
    /**
     * Time of the presentation's beginning in the files: WebVTT has no negative times, and of a cue that began before the
     * picture the rest is wanted.
     */
    public static final Duration LEAD = Duration.ofHours(1);

    /** Bytes after which a track is cut off: a hundred times those of a talkative film. */
    private static final int LARGEST = 16 << 20;

    private SubtitlesCommand() {}

    /** Name of a track's file in the work folder. */
    public static String file(SubtitleRendition track) {
        return track.folder() + ".vtt";
    }

    /**
     * @param tracks of the plan, at least one
     * @param place whose source is the uploaded file, and in whose folder each track appears under {@link #file}
     */
    public static List<String> of(MediaPlan plan, List<SubtitleRendition> tracks, Place place) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        Rational offset = Rational.of(LEAD.toSeconds()).minus(SubtitlePlan.origin(plan));
        args.addAll(List.of("-copyts", "-threads", "1"));
        args.addAll(InputOptions.untrusted(place.limits()));
        // A cue that cannot be decoded is no reason to leave out the others.
        args.addAll(List.of("-max_error_rate", "1", "-itsoffset", offset.toDecimal(6), "-i", place.source()));
        // Packets of the picture go nowhere: they are the sign of life while nobody speaks.
        args.addAll(List.of("-map", "0:" + plan.source().video().index(), "-c", "copy", "-f", "null", "-"));
        for (SubtitleRendition track : tracks) {
            args.addAll(List.of("-map", "0:" + track.stream(), "-c:s", "webvtt"));
            args.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-avoid_negative_ts", "disabled"));
            args.addAll(List.of("-fs", Integer.toString(LARGEST), "-f", "webvtt"));
            args.add(place.folder().resolve(file(track)).toString());
        }
        return List.copyOf(args);
    }
}
