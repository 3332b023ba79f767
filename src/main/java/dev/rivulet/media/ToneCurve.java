package dev.rivulet.media;

/** From code values of high dynamic range to luminance (ITU-R BT.2100). */
public final class ToneCurve {
    /** Luminance up to which highlights keep some detail, in cd/m²: the nominal screen of HLG, and of most PQ masters. */
    public static final int PEAK = 1000;

    private static final double HLG_A = 0.17883277;
    private static final double HLG_B = 1 - 4 * HLG_A;
    private static final double HLG_C = 0.5 - HLG_A * Math.log(4 * HLG_A);
    private static final double HLG_GAMMA = 1.2;

    private ToneCurve() {}

    /** Whether a colour transfer, in ffmpeg's name, is one of high dynamic range. */
    public static boolean high(String transfer) {
        return transfer.equals("smpte2084") || transfer.equals("arib-std-b67");
    }

    /**
     * Luminance of a neutral signal in cd/m².
     *
     * @param signal from 0 to 1
     */
    public static double luminance(String transfer, double signal) {
        double value = Math.max(0, Math.min(1, signal));
        return transfer.equals("arib-std-b67") ? hlg(value) : pq(value);
    }

    /**
     * The luminance that becomes white. A picture with highlights has its diffuse white there; one that never exceeds
     * the white of an ordinary screen was graded for such a one and keeps what it has.
     *
     * @param brightest luminance of the brightest place that was seen, in cd/m²
     */
    public static int white(double brightest) {
        return (int) Math.round(Math.max(VideoTrack.DIMMEST_WHITE, Math.min(VideoTrack.DIFFUSE_WHITE, brightest)));
    }

    private static double pq(double signal) {
        double m1 = 2610.0 / 16384;
        double m2 = 2523.0 / 4096 * 128;
        double c1 = 3424.0 / 4096;
        double c2 = 2413.0 / 4096 * 32;
        double c3 = 2392.0 / 4096 * 32;
        double power = Math.pow(signal, 1 / m2);
        return 10_000 * Math.pow(Math.max(power - c1, 0) / (c2 - c3 * power), 1 / m1);
    }

    private static double hlg(double signal) {
        double scene = signal <= 0.5 ? signal * signal / 3 : (Math.exp((signal - HLG_C) / HLG_A) + HLG_B) / 12;
        return PEAK * Math.pow(scene, HLG_GAMMA);
    }
}
