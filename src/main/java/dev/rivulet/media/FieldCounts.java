package dev.rivulet.media;

/**
 * What ffmpeg's {@code idet} counted in a sample of frames, each for itself: its counts over several frames extend two
 * combed ones to all the dark ones that follow.
 *
 * @param top frames whose top field is the earlier one
 * @param bottom frames whose bottom field is the earlier one
 * @param progressive frames without combing
 * @param repeatedTop frames whose top field is that of the frame before
 * @param repeatedBottom frames whose bottom field is that of the frame before
 * @param frames all frames of the sample
 */
public record FieldCounts(int top, int bottom, int progressive, int repeatedTop, int repeatedBottom, int frames) {
    /** Fewer frames that show anything are no evidence. */
    private static final int EVIDENCE = 8;

    private static final Rational NTSC = new Rational(30000, 1001);

    /**
     * The scan that the frames show. A flag is believed until the frames say otherwise; without a flag, most frames have
     * to show combing, and of one parity.
     *
     * @param flagged what the file says of itself
     * @param rate frames per second on average
     */
    public Scan decide(Scan flagged, Rational rate) {
        if (pulledDown() && FrameRates.snap(rate).equals(NTSC)) {
            return Scan.TELECINED;
        }
        int seen = top + bottom + progressive;
        if (seen < EVIDENCE) {
            return flagged;
        }
        int combed = top + bottom;
        Scan shown = top >= bottom ? Scan.TOP_FIRST : Scan.BOTTOM_FIRST;
        boolean oneParity = Math.max(top, bottom) * 10 >= combed * 8;
        if (!flagged.interlaced()) {
            return combed >= EVIDENCE && combed * 2 > seen && oneParity ? shown : Scan.PROGRESSIVE;
        }
        if (combed >= EVIDENCE && combed * 20 >= seen) {
            return oneParity ? shown : flagged;
        }
        // A few frames of the other parity are noise: fine stripes look combed.
        int asFlagged = flagged == Scan.TOP_FIRST ? top : bottom;
        return asFlagged * 20 < seen ? Scan.PROGRESSIVE : flagged;
    }

    /** In 3:2 pulldown one frame in five repeats its top field, another one its bottom field. */
    private boolean pulledDown() {
        return frames >= 4 * EVIDENCE
                && between(repeatedTop, frames)
                && between(repeatedBottom, frames)
                && top + bottom > progressive / 2;
    }

    private static boolean between(int repeated, int frames) {
        return repeated * 100 >= frames * 12 && repeated * 100 <= frames * 28;
    }
}
