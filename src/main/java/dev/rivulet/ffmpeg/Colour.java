package dev.rivulet.ffmpeg;

import dev.rivulet.media.ToneCurve;
import dev.rivulet.media.VideoTrack;

/** Options of the scale filter that say what a source's numbers mean, whatever single frames say of themselves. */
final class Colour {
    private static final int HIGH_DEFINITION = 720;

    private Colour() {}

    /** Meaning of what comes in: of RGB and the like ffmpeg knows it. */
    static String from(VideoTrack video) {
        return luma(video) ? ":in_color_matrix=" + matrix(video) + ":in_range=" + range(video) : "";
    }

    /** Meaning of what goes out: as published. */
    static String toBt709() {
        return ":out_color_matrix=bt709:out_range=tv";
    }

    /** Meaning of what goes on to filters that convert light. */
    static String toBt2020() {
        return ":out_color_matrix=bt2020:out_range=tv";
    }

    /** The same options at the head of a filter. */
    static String first(String options) {
        return options.isEmpty() ? "" : "=" + options.substring(1);
    }

    /** Primaries of standard dynamic range whose colours bt709 has to be told of, in ffmpeg's name; else empty. */
    static String widePrimaries(VideoTrack video) {
        return switch (video.primaries()) {
            case "bt2020", "smpte431", "smpte432" -> video.primaries();
            case "" -> video.matrix().startsWith("bt2020") ? "bt2020" : "";
            default -> "";
        };
    }

    /** Whether parts of the picture may be transparent. */
    static boolean transparent(VideoTrack video) {
        String format = video.pixelFormat();
        return format.startsWith("yuva")
                || format.startsWith("gbrap")
                || format.startsWith("ya")
                || format.matches("(rgba|bgra|argb|abgr|pal8|ayuv|vuya).*");
    }

    private static boolean luma(VideoTrack video) {
        return video.pixelFormat().matches("(yuv|nv|p[0-9]{3}|uyvy|yvyu|yuyv|y2|xv|ayuv|vuy).*");
    }

    private static String range(VideoTrack video) {
        return video.range().equals("pc") || video.pixelFormat().startsWith("yuvj") ? "pc" : "tv";
    }

    /** An untagged source is bt709 from 720 lines on and bt601 below, as players assume. */
    private static String matrix(VideoTrack video) {
        return switch (video.matrix()) {
            case "bt709" -> "bt709";
            case "bt470bg", "smpte170m", "fcc" -> "bt601";
            case "smpte240m" -> "smpte240m";
            case "bt2020nc", "bt2020c" -> "bt2020";
            default -> guessed(video);
        };
    }

    private static String guessed(VideoTrack video) {
        if (ToneCurve.high(video.transfer()) || video.primaries().equals("bt2020")) {
            return "bt2020";
        }
        return video.height() >= HIGH_DEFINITION ? "bt709" : "bt601";
    }
}
