package dev.rivulet.encode;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskKind;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many threads a task gets: one while as many tasks wait that are as urgent as it or more so, as there are slots. The last
 * ones share what falls free next to them: the very last may use every core, so that no core idles while a video's last chunk
 * is encoded, and what arrives slowly is soon done. Less urgent tasks leave them the cores. Each thread takes memory. Belongs
 * to the dispatcher's event loop.
 */
final class Threads {
    /** So long what was counted is good enough, less what was taken since: tasks that begin together need not all ask. */
    private static final long GOOD_FOR = TimeUnit.MILLISECONDS.toNanos(20);

    private final TaskQueue queue;
    private final int slots;
    private final LongSupplier nanos;
    private Future<Map<TaskClass, Long>> counted = Future.failedFuture("not yet");
    private long countedAt;
    private final Map<TaskClass, Long> taken = new EnumMap<>(TaskClass.class);

    /** @param nanos a monotonic clock */
    Threads(TaskQueue queue, int slots, LongSupplier nanos) {
        this.queue = queue;
        this.slots = slots;
        this.nanos = nanos;
    }

    /** Of a chunk or an intermediate. */
    Future<Integer> of(Claim claim) {
        if (claim.alone()) {
            return Future.succeededFuture(1);
        }
        if (counted.failed() || nanos.getAsLong() - countedAt > GOOD_FOR) {
            countedAt = nanos.getAsLong();
            taken.clear();
            counted = queue.depth();
        }
        TaskClass urgency = urgency(claim);
        long before = upTo(urgency, taken);
        taken.merge(urgency, 1L, Long::sum);
        return counted.map(waiting -> (int) Math.max(1, slots / (Math.max(0, upTo(urgency, waiting) - before) + 1)))
                .recover(away -> Future.succeededFuture(1));
    }

    private static TaskClass urgency(Claim claim) {
        return claim.kind() == TaskKind.CHUNK
                ? TaskClass.ofChunk(
                        claim.chunk(), claim.tier(), claim.plan().tiers().size())
                : TaskClass.PREVIEW;
    }

    private static long upTo(TaskClass last, Map<TaskClass, Long> counts) {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().compareTo(last) <= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
