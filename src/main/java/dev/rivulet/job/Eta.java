package dev.rivulet.job;

import java.time.Duration;
import java.time.Instant;

/** How long work will still take. */
public final class Eta {
    private Eta() {}

    /**
     * Seconds that are left when the work goes on at the pace so far.
     *
     * @param since when it began; a time after {@code now} counts as {@code now}
     * @param progress how far it is, above 0, to 100
     */
    public static long seconds(Instant since, double progress, Instant now) {
        double elapsed = Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
        return Math.round(elapsed * (100 - progress) / progress);
    }
}
