package dev.rivulet.ffmpeg;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.VideoTrack;
import java.util.ArrayList;
import java.util.List;

/** The command that makes the poster: WebP, a representative frame near a tenth of the length. */
public final class PosterCommand {
    /** Its name in the work folder and in the video's folder. */
    public static final String FILE = "poster.webp";

    private static final int LONG_SIDE = 1280;
    /** WebP's colours are those of bt601, untagged. */
    private static final String STILL =
            ",scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=tv,setparams=colorspace=smpte170m";

    private static final int CANDIDATES = 24;
    private static final Rational PLACE = new Rational(1, 10);

    private PosterCommand() {}

    /**
     * Writes {@link #FILE} into the folder of {@code place}.
     *
     * @param sought whether to look near a tenth of the length, or at the beginning
     */
    public static List<String> of(MediaPlan plan, boolean sought, Place place) {
        VideoTrack video = plan.source().video();
        Rational at = plan.grid().origin().plus(plan.grid().duration().times(PLACE));
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-threads", "1"));
        args.addAll(InputOptions.untrusted(place.source(), place.limits()));
        args.addAll(InputOptions.picture(place.limits()));
        if (sought) {
            args.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", at.toDecimal(6)));
        }
        args.addAll(List.of("-i", place.source()));
        int candidates = (int) Math.max(1, Math.min(CANDIDATES, plan.grid().frames() / 2));
        args.addAll(List.of(
                "-map",
                "0:" + video.index(),
                "-vf",
                PictureFilters.beforePicking(video) + "," + (candidates > 1 ? "thumbnail=" + candidates + "," : "")
                        + scale(video)));
        args.addAll(List.of("-frames:v", "1", "-c:v", "libwebp", "-quality", "75", "-map_metadata", "-1"));
        args.addAll(List.of("-f", "webp", place.folder().resolve(FILE).toString()));
        return List.copyOf(args);
    }

    private static String scale(VideoTrack video) {
        int width = video.shownWidth();
        int height = video.shownHeight();
        Rational shrink = new Rational(LONG_SIDE, Math.max(width, height)).min(Rational.ONE);
        return PictureFilters.toSize(video, even(shrink.times(width)), even(shrink.times(height))) + STILL;
    }

    private static int even(Rational side) {
        return (int) Math.max(2, 2 * side.dividedBy(Rational.of(2)).round());
    }
}
