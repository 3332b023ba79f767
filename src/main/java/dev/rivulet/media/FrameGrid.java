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
    /** Sound that ends later than the picture by less than this is no reason to hold the last frame. */
    private static final Rational HELD_FROM = new Rational(1, 10);

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

    /**
     * The grid of a source: rate snapped, as long as the picture; or as the sound, when that ends audibly later and the
     * last frame is held until then.
     */
    public static FrameGrid of(SourceInfo source) {
        Rational rate = FrameRates.of(source.video());
        Rational origin = source.video().start();
        Rational picture = pictureEnd(source);
        Rational sound = source.soundEnd();
        Rational end = sound != null && sound.minus(picture).compareTo(HELD_FROM) > 0 ? sound : picture;
        return new FrameGrid(
                rate, origin, Math.max(1, end.minus(origin).times(rate).round()));
    }

    private static Rational pictureEnd(SourceInfo source) {
        Rational picture = source.pictureEnd();
        if (picture != null) {
            return picture;
        }
        return source.duration() == null
                ? source.video().start()
                : source.start().plus(source.duration());
    }
}
