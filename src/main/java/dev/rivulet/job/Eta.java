package dev.rivulet.job;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** How long work will still take. */
public final class Eta {
    private static final double LEAST = 1;

    private Eta() {}

    /**
     * Seconds that are left when the work goes on at the pace so far; empty before a point of it is made, when nothing is
     * known of the pace.
     *
     * @param since when it began; a time after {@code now} counts as {@code now}
     * @param from how far it was then, 0 to 100
     * @param progress how far it is, to 100
     */
    public static OptionalLong seconds(Instant since, double from, double progress, Instant now) {
        if (progress - from < LEAST) {
            return OptionalLong.empty();
        }
        double elapsed = Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
        return OptionalLong.of(Math.round(elapsed * (100 - progress) / (progress - from)));
    }
}
