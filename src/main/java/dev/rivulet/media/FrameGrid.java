package dev.rivulet.media;

/**
 * The one frame grid of a video: frame {@code k} shows the source at {@code origin + k / rate}. All qualities are cut on
 * it, whatever the source's keyframes.
 *
 * @param rate frames per second
 * @param origin start of the picture on the source's clock, in seconds
 * @param frames length of the presentation in frames, at least 1
 */
public record FrameGrid(Rational rate, Rational origin, long frames) {
    /** Seconds from the start of the presentation to frame {@code frame}. */
    public Rational time(long frame) {
        return Rational.of(frame).dividedBy(rate);
    }

    /** Time of frame {@code frame} on the source's clock, in seconds. */
    public Rational sourceTime(long frame) {
        return origin.plus(time(frame));
    }

    /** Length of the presentation in seconds. */
    public Rational duration() {
        return time(frames);
    }

    /** The grid of a source: rate snapped, as long as the later end of picture and sound. */
    public static FrameGrid of(SourceInfo source) {
        Rational rate = FrameRates.snap(source.video().averageRate());
        Rational origin = source.video().start();
        Rational end = end(source);
        return new FrameGrid(
                rate, origin, Math.max(1, end.minus(origin).times(rate).round()));
    }

    private static Rational end(SourceInfo source) {
        Rational picture = source.pictureEnd();
        Rational sound = source.soundEnd();
        if (picture == null) {
            Rational container =
                    source.duration() == null ? Rational.ZERO : source.start().plus(source.duration());
            return sound == null ? container : container.max(sound);
        }
        return sound == null ? picture : picture.max(sound);
    }
}
