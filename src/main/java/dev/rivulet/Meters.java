package dev.rivulet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.micrometer.backends.BackendRegistries;

/** Where everything is counted. */
final class Meters {
    private Meters() {}

    /** The registry that Vert.x was built with; one that keeps nothing where it was built without. */
    static MeterRegistry registry() {
        MeterRegistry registry = BackendRegistries.getDefaultNow();
        return registry == null ? new CompositeMeterRegistry() : registry;
    }
}
