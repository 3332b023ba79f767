package dev.rivulet.ffmpeg;

import dev.rivulet.media.MediaPlan;

/** What all filter graphs have in common that put a source's picture on the frame grid. */
final class GridGraph {
    /** Frames as they are digested for the proof of the seams. */
    static final String DIGEST = "scale=-2:144,format=yuv420p";

    private GridGraph() {}

    /** From the source's frames to those of the grid, from frame {@code first} on. */
    static String open(MediaPlan plan, long first) {
        return "[0:" + plan.source().video().index() + "]fps="
                + plan.grid().rate() + ":start_time="
                + plan.grid().sourceTime(first).toDecimal(6) + ":round=near";
    }
}
