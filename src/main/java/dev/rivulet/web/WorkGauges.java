package dev.rivulet.web;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.Workload;
import dev.rivulet.store.Workload.Counts;
import dev.rivulet.store.Workload.TaskCounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much there is to do and to work with: looked up when somebody scrapes, not whenever it changes. What cannot be found
 * out is not a number.
 */
public final class WorkGauges implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 4;

    private final MeterRegistry registry;
    private final Recent<Sample> samples;
    private final List<Meter> gauges = new ArrayList<>();
    private volatile Sample last = new Sample(null, null, null, Map.of());

    /** What the gauges are read from; null is what could not be found out. */
    private record Sample(
            @Nullable Counts counts,
            @Nullable Map<TaskClass, Long> queue,
            @Nullable Long freeBytes,
            Map<String, Long> dependencies) {}

    /** Where the numbers come from. */
    public record Sources(Workload workload, TaskQueue queue, MediaFiles files, HealthRoutes health) {}

    /**
     * @param registry keeps the gauges until they are closed
     * @param slots encoding processes that this node runs at once
     */
    public WorkGauges(Vertx vertx, MeterRegistry registry, Sources sources, int slots) {
        this.registry = registry;
        this.samples = new Recent<>(vertx, () -> sample(sources));
        for (TaskClass taskClass : TaskClass.values()) {
            tasks(taskClass, "waiting", TaskCounts::waiting);
            tasks(taskClass, "queued", TaskCounts::queued);
            tasks(taskClass, "running", TaskCounts::running);
            gauge(
                    "rivulet.queue.depth",
                    "Tasks in the queue that slots take from",
                    now -> number(now.queue(), taskClass),
                    Tags.of("class", word(taskClass)));
        }
        for (VideoStatus status : VideoStatus.values()) {
            if (!status.settled()) {
                gauge(
                        "rivulet.videos",
                        "Videos in work",
                        now -> number(now.counts() == null ? null : now.counts().videos(), status),
                        Tags.of("status", word(status)));
            }
        }
        for (String name : sources.health().dependencies()) {
            gauge(
                    "rivulet.dependency.up",
                    "Whether what /health/ready names can be used",
                    now -> number(now.dependencies(), name),
                    Tags.of("dependency", name));
        }
        gauge("rivulet.slots", "Encoding processes that this node runs at once", now -> slots, Tags.empty());
        gauge(
                "rivulet.disk.free.bytes",
                "Free space where videos are kept",
                now -> now.freeBytes() == null ? Double.NaN : now.freeBytes(),
                Tags.empty());
    }

    /** Looks again, unless that was done a moment ago; completes when the gauges tell what was found. */
    Future<Void> look() {
        return samples.get().onSuccess(sample -> last = sample).mapEmpty();
    }

    /** Takes the gauges out of the registry. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }

    private static Future<Sample> sample(Sources sources) {
        Future<@Nullable Counts> counts = orNull(() -> sources.workload().counts());
        Future<@Nullable Map<TaskClass, Long>> queue =
                orNull(() -> sources.queue().depth());
        Future<@Nullable Long> free = orNull(() -> sources.files().freeBytes());
        Future<@Nullable Map<String, Boolean>> up =
                orNull(() -> sources.health().check());
        return Future.join(counts, queue, free, up).map(all -> {
            Map<String, Long> dependencies = new HashMap<>();
            Objects.requireNonNullElse(up.result(), Map.<String, Boolean>of())
                    .forEach((name, usable) -> dependencies.put(name, usable ? 1L : 0L));
            return new Sample(counts.result(), queue.result(), free.result(), dependencies);
        });
    }

    private static <T> Future<@Nullable T> orNull(Supplier<Future<T>> source) {
        return source.get()
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .<@Nullable T>map(found -> found)
                .otherwiseEmpty();
    }

    private void tasks(TaskClass taskClass, String state, ToLongFunction<TaskCounts> number) {
        gauge(
                "rivulet.tasks",
                "Tasks that are not settled",
                now -> {
                    TaskCounts of =
                            now.counts() == null ? null : now.counts().tasks().get(taskClass);
                    return of == null ? Double.NaN : number.applyAsLong(of);
                },
                Tags.of("class", word(taskClass), "state", state));
    }

    private void gauge(String name, String description, ToDoubleFunction<Sample> value, Tags tags) {
        gauges.add(Gauge.builder(name, this, one -> value.applyAsDouble(one.last))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private static <K> double number(@Nullable Map<K, Long> numbers, K of) {
        Long number = numbers == null ? null : numbers.get(of);
        return number == null ? Double.NaN : number;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
