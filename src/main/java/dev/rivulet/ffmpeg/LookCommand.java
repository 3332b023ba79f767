package dev.rivulet.ffmpeg;

import dev.rivulet.media.FieldCounts;
import dev.rivulet.media.Rational;
import dev.rivulet.media.ToneCurve;
import dev.rivulet.media.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that look at some frames near a tenth and near the middle of the length, and what their log tells: the
 * header may be wrong about fields, and says nothing of how bright the picture is.
 */
final class LookCommand {
    private static final List<Rational> PLACES = List.of(new Rational(1, 10), new Rational(1, 2));
    /** Whole cycles of 3:2 pulldown. */
    private static final int FIELD_FRAMES = 40;

    private static final int BRIEF_FRAMES = 16;
    /** Seconds that the frames of one place are spread over at most: brightness takes several keyframes. */
    private static final Rational LONGEST_LOOK = Rational.of(20);

    private static final int LARGE = 1080;
    private static final int BRIGHT_FRAMES = 3;
    private static final Pattern COUNTED =
            Pattern.compile("(Single|Repeated)[^:\\n]*:\\s*\\w+:\\s*(\\d+)\\s*\\w+:\\s*(\\d+)\\s*\\w+:\\s*(\\d+)");
    private static final Pattern BRIGHTEST = Pattern.compile("YMAX=(\\d{1,5})");
    private static final int DARKEST_CODE = 64;
    private static final int BRIGHTEST_CODE = 940;

    private LookCommand() {}

    /** Where the last look at a picture of some length ends, in seconds from its beginning. */
    static Rational lastPlace(VideoTrack video, Rational length) {
        List<Rational> places = brief(video) && !ToneCurve.high(video.transfer()) ? PLACES.subList(0, 1) : PLACES;
        return length.times(places.get(places.size() - 1)).plus(LONGEST_LOOK);
    }

    /** Large pictures that say that they are whole are most often right, and dear to look at: the preview waits. */
    private static boolean brief(VideoTrack video) {
        return !video.scan().interlaced() && video.codec().equals("h264") && video.height() >= LARGE;
    }

    /** Counts combed and repeated fields. */
    static List<String> fields(String source, VideoTrack video, Rational length, Limits limits) {
        boolean brief = brief(video);
        int frames = brief ? BRIEF_FRAMES : FIELD_FRAMES;
        List<Rational> places = brief ? PLACES.subList(0, 1) : PLACES;
        return of(source, video, length, limits, places, List.of(), "trim=end_frame=" + frames + ",idet");
    }

    /** Measures some keyframes, which are cheap to come by. */
    static List<String> brightness(String source, VideoTrack video, Rational length, Limits limits) {
        String small = "scale=256:144:flags=area" + Colour.from(video) + ":out_color_matrix=bt2020:out_range=tv";
        return of(
                source,
                video,
                length,
                limits,
                PLACES,
                List.of("-skip_frame", "nokey"),
                "trim=end_frame=" + BRIGHT_FRAMES + "," + small
                        + ",format=yuv420p10le,signalstats,metadata=mode=print:key=lavfi.signalstats.YMAX");
    }

    private static List<String> of(
            String source,
            VideoTrack video,
            Rational length,
            Limits limits,
            List<Rational> places,
            List<String> decoding,
            String filters) {
        List<String> args = new ArrayList<>(List.of("-nostdin", "-hide_banner", "-nostats", "-v", "info"));
        StringBuilder graph = new StringBuilder();
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Rational at = video.start().plus(length.times(places.get(i)));
            args.addAll(InputOptions.untrusted(source, limits));
            args.addAll(List.of("-max_pixels", Long.toString(limits.maxPixels()), "-threads", "1"));
            args.addAll(decoding);
            args.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", at.toDecimal(6)));
            args.addAll(List.of("-an", "-sn", "-dn", "-i", source));
            graph.append(i == 0 ? "" : ";").append('[').append(i).append(':').append(video.index());
            graph.append(']').append(filters).append("[look").append(i).append(']');
            outputs.addAll(List.of("-map", "[look" + i + "]", "-f", "null", "-"));
        }
        args.addAll(List.of("-filter_complex", graph.toString()));
        args.addAll(outputs);
        return List.copyOf(args);
    }

    /** Sums up what {@link #fields} logged. */
    static FieldCounts counted(String log) {
        int[] scan = new int[3];
        int[] repeated = new int[3];
        int frames = 0;
        Matcher matcher = COUNTED.matcher(log);
        while (matcher.find()) {
            boolean single = matcher.group(1).equals("Single");
            for (int i = 0; i < 3; i++) {
                (single ? scan : repeated)[i] += Integer.parseInt(matcher.group(2 + i));
            }
        }
        for (int count : repeated) {
            frames += count;
        }
        return new FieldCounts(scan[0], scan[1], scan[2], repeated[1], repeated[2], frames);
    }

    /** Luminance of the brightest place that {@link #brightness} logged, in cd/m²; 0 when it logged none. */
    static double brightest(String log, VideoTrack video) {
        int code = 0;
        Matcher matcher = BRIGHTEST.matcher(log);
        while (matcher.find()) {
            code = Math.max(code, Integer.parseInt(matcher.group(1)));
        }
        return code == 0
                ? 0
                : ToneCurve.luminance(
                        video.transfer(), (double) (code - DARKEST_CODE) / (BRIGHTEST_CODE - DARKEST_CODE));
    }
}
