package dev.rivulet.media;

/** H.264 levels (ITU-T H.264, table A-1), so that a level is fixed per rendition and not left to each process. */
public final class AvcLevel {
    private static final int[][] LEVELS = { // level x 10, macroblocks per second, macroblocks per frame, kbit/s
        {10, 1485, 99, 64},
        {11, 3000, 396, 192},
        {12, 6000, 396, 384},
        {13, 11880, 396, 768},
        {20, 11880, 396, 2000},
        {21, 19800, 792, 4000},
        {22, 20250, 1620, 4000},
        {30, 40500, 1620, 10000},
        {31, 108000, 3600, 14000},
        {32, 216000, 5120, 20000},
        {40, 245760, 8192, 20000},
        {42, 522240, 8704, 50000},
        {50, 589824, 22080, 135000},
        {51, 983040, 36864, 240000},
        {52, 2073600, 36864, 240000},
        {60, 4177920, 139264, 240000},
        {61, 8355840, 139264, 480000},
        {62, 16711680, 139264, 800000},
    };

    private AvcLevel() {}

    /** The lowest level, times ten, that allows the size, rate and bitrate; 62 when none does. */
    public static int of(int width, int height, Rational rate, int maxrateKbit) {
        int columns = (width + 15) / 16;
        int rows = (height + 15) / 16;
        long frame = (long) columns * rows;
        long second = rate.times(frame).ceil();
        for (int[] level : LEVELS) {
            boolean slim = Math.max(columns, rows) * (long) Math.max(columns, rows) <= 8L * level[2];
            if (second <= level[1] && frame <= level[2] && maxrateKbit <= level[3] && slim) {
                return level[0];
            }
        }
        return 62;
    }
}
