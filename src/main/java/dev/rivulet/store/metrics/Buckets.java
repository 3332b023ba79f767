package dev.rivulet.store.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** The bounds of a histogram. */
final class Buckets {
    private Buckets() {}

    static Duration[] seconds(double... bounds) {
        return DoubleStream.of(bounds)
                .mapToObj(bound -> Duration.ofMillis(Math.round(bound * 1000)))
                .toArray(Duration[]::new);
    }
}
