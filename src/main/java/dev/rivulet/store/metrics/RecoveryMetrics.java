package dev.rivulet.store.metrics;

import dev.rivulet.store.Upkeep;
import dev.rivulet.store.WorkFiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts what housekeeping removes. */
public final class RecoveryMetrics {
    private RecoveryMetrics() {}

    /** The same upkeep; what it removes is counted in {@code registry}. */
    public static Upkeep of(Upkeep upkeep, MeterRegistry registry) {
        return Heard.by(
                Upkeep.class,
                upkeep,
                Map.of(
                        "abandon", removed("abandoned_upload", registry),
                        "lapse", removed("expired_upload", registry),
                        "expire", removed("expired_video", registry)));
    }

    /** The same files; what is removed of them is counted in {@code registry}. */
    public static WorkFiles of(WorkFiles files, MeterRegistry registry) {
        return Heard.by(WorkFiles.class, files, Map.of("remove", removed("orphaned_work", registry)));
    }

    private static Heard.Listener removed(String what, MeterRegistry registry) {
        registry.counter("rivulet.recovery.removals", "what", what);
        return (asked, answer) -> registry.counter("rivulet.recovery.removals", "what", what)
                .increment(Boolean.TRUE.equals(answer) ? 1 : 0);
    }
}
