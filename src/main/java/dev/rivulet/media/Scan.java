package dev.rivulet.media;

/** How the lines of a picture were taken. */
public enum Scan {
    /** All lines of a frame at once. */
    PROGRESSIVE,
    /** Two fields a frame, that with the top line first. */
    TOP_FIRST,
    /** Two fields a frame, that with the top line last. */
    BOTTOM_FIRST,
    /** Film at 24000/1001 whose fields were repeated to fill 30000/1001 frames (3:2 pulldown). */
    TELECINED;

    /** Whether the lines of one frame belong to two moments. */
    public boolean interlaced() {
        return this == TOP_FIRST || this == BOTTOM_FIRST;
    }
}
