package dev.rivulet.ffmpeg;

import dev.rivulet.media.VideoTrack;

/** Colour of what is published: bt709, limited range, 8 bit. */
final class Colour {
    /** Says what the frames are, whatever the source said of itself. */
    static final String TAGS = ",setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    private static final int HIGH_DEFINITION = 720;

    private Colour() {}

    /** Options of the scale filter that turn the source's matrix into bt709. */
    static String toBt709(VideoTrack video) {
        return ":in_color_matrix=" + matrix(video) + ":out_color_matrix=bt709:out_range=tv";
    }

    /** Options of the scale filter that turn the source's matrix into that of still pictures. */
    static String toStill(VideoTrack video) {
        return ":in_color_matrix=" + matrix(video) + ":out_color_matrix=bt601:out_range=tv";
    }

    /** An untagged source is bt709 from 720 lines on and bt601 below, as players assume. */
    private static String matrix(VideoTrack video) {
        return switch (video.matrix()) {
            case "bt709" -> "bt709";
            case "bt470bg", "smpte170m", "fcc" -> "bt601";
            case "smpte240m" -> "smpte240m";
            case "bt2020nc", "bt2020c" -> "bt2020";
            default -> video.height() >= HIGH_DEFINITION ? "bt709" : "bt601";
        };
    }
}
