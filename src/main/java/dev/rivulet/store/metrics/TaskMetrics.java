package dev.rivulet.store.metrics;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.Renewal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of this node's tasks, and times those that are made. */
public final class TaskMetrics {
    private static final Duration[] BUCKETS =
            Buckets.seconds(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600);

    private final MeterRegistry registry;
    /** By lease token. Every way out of a slot passes by the store, which this class hears. */
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();

    /**
     * @param since by the registry's clock, in nanoseconds
     * @param qualities of a chunk, joined by +
     */
    private record Held(long since, TaskKind kind, String qualities) {}

    private TaskMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("rivulet.slots.busy", held, Map::size)
                .description("Tasks that this node holds a lease of")
                .register(registry);
        for (TaskKind kind : TaskKind.values()) {
            claims(kind, 0);
            givenUp(kind, 0);
            for (FailureKind failure : FailureKind.values()) {
                failed(kind, failure, 0);
            }
        }
        seams(0);
        stale(0);
        lost("worker", 0);
        lost("recovery", 0);
    }

    /** The same store; what it answers is counted in {@code registry}. */
    public static TaskStore of(TaskStore tasks, MeterRegistry registry) {
        TaskMetrics metrics = new TaskMetrics(registry);
        return Heard.by(
                TaskStore.class,
                tasks,
                Map.of(
                        "claim", (asked, answer) -> metrics.claimed(answer),
                        "finish", (asked, answer) -> metrics.finished((Lease) asked[0], (Finish) answer),
                        "fail",
                                (asked, answer) ->
                                        metrics.failed((Lease) asked[0], (TaskFailure) asked[1], (Fate) answer),
                        "release", (asked, answer) -> metrics.held.remove(((Lease) asked[0]).token()),
                        "tick", (asked, answer) -> metrics.ticked((Lease) asked[0], answer),
                        "renew", (asked, answer) -> metrics.renewed((Renewal) answer),
                        "reclaim", (asked, answer) -> metrics.reclaimed(answer),
                        "reclaimExpired", (asked, answer) -> metrics.reclaimed(answer)));
    }

    private void claimed(@Nullable Object answer) {
        List<?> claims = answer instanceof Optional<?> one ? one.stream().toList() : (List<?>) answer;
        for (Object each : claims == null ? List.of() : claims) {
            Claim claim = (Claim) each;
            boolean chunk = claim.kind() == TaskKind.CHUNK;
            String qualities = chunk
                    ? String.join("+", claim.plan().tiers().get(claim.tier()).qualities())
                    : "none";
            held.put(claim.lease().token(), new Held(now(), claim.kind(), qualities));
            claims(claim.kind(), 1);
        }
    }

    private void finished(Lease lease, @Nullable Finish finish) {
        Held task = held.remove(lease.token());
        if (finish instanceof Finish.Stale) {
            stale(1);
            return;
        }
        boolean made = finish instanceof Finish.Accepted;
        if (finish instanceof Finish.Redo redo) {
            // It is the chunk beside it that has to be made again, or this one.
            made = !redo.task().equals(lease.task());
            failed(TaskKind.CHUNK, redo.kind(), 1);
            seams(redo.kind() == FailureKind.SEAM ? 1 : 0);
            givenUp(TaskKind.CHUNK, redo.fate() instanceof Fate.GivenUp ? 1 : 0);
        }
        if (made && task != null) {
            Timer.builder("rivulet.task.duration")
                    .description("From the claim of a task to its record, of attempts that succeeded")
                    .tags("kind", word(task.kind()), "qualities", task.qualities())
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry)
                    .record(now() - task.since(), TimeUnit.NANOSECONDS);
        }
    }

    private void failed(Lease lease, TaskFailure failure, @Nullable Fate fate) {
        Held task = held.remove(lease.token());
        if (fate instanceof Fate.Stale) {
            stale(1);
        } else if (task != null) {
            failed(task.kind(), failure.kind(), 1);
            givenUp(task.kind(), fate instanceof Fate.GivenUp ? 1 : 0);
        }
    }

    private void ticked(Lease lease, @Nullable Object alive) {
        if (Boolean.FALSE.equals(alive) && held.remove(lease.token()) != null) {
            lost("worker", 1);
        }
    }

    private void renewed(@Nullable Renewal renewal) {
        for (Lease lease : renewal == null ? List.<Lease>of() : renewal.lost()) {
            if (held.remove(lease.token()) != null) {
                lost("worker", 1);
            }
        }
    }

    private void reclaimed(@Nullable Object videos) {
        lost("recovery", videos instanceof List<?> all ? all.size() : 0);
    }

    private void claims(TaskKind kind, int number) {
        registry.counter("rivulet.task.claims", "kind", word(kind)).increment(number);
    }

    private void failed(TaskKind kind, FailureKind failure, int number) {
        registry.counter("rivulet.attempts.failed", "kind", word(kind), "failure", word(failure))
                .increment(number);
    }

    private void givenUp(TaskKind kind, int number) {
        registry.counter("rivulet.tasks.given.up", "kind", word(kind)).increment(number);
    }

    private void seams(int number) {
        registry.counter("rivulet.seam.failures").increment(number);
    }

    private void stale(int number) {
        registry.counter("rivulet.stale.reports").increment(number);
    }

    private void lost(String found, int number) {
        registry.counter("rivulet.lease.losses", "found", found).increment(number);
    }

    private long now() {
        return registry.config().clock().monotonicTime();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
