package dev.rivulet.media;

import java.util.Comparator;
import java.util.List;

/** Chooses the rate of a video's frame grid. */
public final class FrameRates {
    private static final List<Rational> STANDARD = List.of(
            new Rational(24000, 1001),
            Rational.of(24),
            Rational.of(25),
            new Rational(30000, 1001),
            Rational.of(30),
            Rational.of(50),
            new Rational(60000, 1001),
            Rational.of(60));
    private static final Rational LOWEST = Rational.of(23);
    private static final Rational TOLERANCE = new Rational(5, 1000);
    private static final Rational FILM_SHARE = new Rational(4, 5);
    private static final Rational SLIDE_SHOW = Rational.of(20);

    private FrameRates() {}

    /** The rate of the frames that the picture was made of: four fifths of the average where film was telecined. */
    public static Rational of(VideoTrack video) {
        Rational average = video.averageRate();
        return snap(video.scan() == Scan.TELECINED ? average.times(FILM_SHARE) : average);
    }

    /**
     * The standard rate within 0.5 % of the average, or the whole one below 24; below 20 the next whole rate, for slide
     * shows; else the next higher standard rate, at most 60.
     *
     * @param average frames per second, above 0
     */
    public static Rational snap(Rational average) {
        Rational nearest = STANDARD.stream()
                .min(Comparator.comparing((Rational rate) -> distance(rate, average)))
                .orElseThrow();
        if (distance(nearest, average).compareTo(TOLERANCE.times(average)) <= 0) {
            return nearest;
        }
        Rational whole = Rational.of(Math.max(1, average.round()));
        if (whole.compareTo(LOWEST) < 0 && distance(whole, average).compareTo(TOLERANCE.times(average)) <= 0) {
            return whole;
        }
        if (average.compareTo(SLIDE_SHOW) < 0) {
            return Rational.of(Math.max(1, average.ceil()));
        }
        return STANDARD.stream()
                .filter(rate -> rate.compareTo(average) >= 0)
                .findFirst()
                .orElse(Rational.of(60));
    }

    private static Rational distance(Rational a, Rational b) {
        Rational difference = a.minus(b);
        return difference.signum() < 0 ? b.minus(a) : difference;
    }
}
