package dev.rivulet.ffmpeg;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.VideoTrack;

/** What all filter graphs have in common that put a source's picture on the frame grid. */
final class GridGraph {
    private static final int DIGEST_LINES = 144;
    private static final int WIDEST_DIGEST = 1024;

    private GridGraph() {}

    /** From the source's frames to those of the grid, from frame {@code first} on. */
    static String open(MediaPlan plan, long first) {
        VideoTrack video = plan.source().video();
        return "[0:" + video.index() + "]" + PictureFilters.beforeGrid(video) + ",fps="
                + plan.grid().rate() + ":start_time="
                + plan.grid().sourceTime(first).toDecimal(6) + ":round=near";
    }

    /**
     * Frames as they are digested for the proof of the seams: in the picture's shape, within bounds, as a very narrow one
     * would have no width and a very wide one too much.
     */
    static String digest(MediaPlan plan) {
        VideoTrack video = plan.source().video();
        Rational width = new Rational(video.turnedWidth(), video.turnedHeight()).times(DIGEST_LINES / 2);
        long even = 2 * Math.max(1, Math.min(WIDEST_DIGEST / 2, width.round()));
        return "scale=" + even + ":" + DIGEST_LINES + ",format=yuv420p";
    }
}
