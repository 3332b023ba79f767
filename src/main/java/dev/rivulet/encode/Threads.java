package dev.rivulet.encode;

import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many threads a task gets: one while as many tasks wait as there are slots. The last ones share what falls free next to
 * them: the very last may use every core, so that no core idles while a video's last chunk is encoded. Each thread takes
 * memory. Belongs to the dispatcher's event loop.
 */
final class Threads {
    /** So long what was counted is good enough, less what was taken since: tasks that begin together need not all ask. */
    private static final long GOOD_FOR = TimeUnit.MILLISECONDS.toNanos(20);

    private final TaskQueue queue;
    private final int slots;
    private final LongSupplier nanos;
    private Future<Long> counted = Future.failedFuture("not yet");
    private long countedAt;
    private int taken;

    /** @param nanos a monotonic clock */
    Threads(TaskQueue queue, int slots, LongSupplier nanos) {
        this.queue = queue;
        this.slots = slots;
        this.nanos = nanos;
    }

    Future<Integer> of(Claim claim) {
        if (claim.alone()) {
            return Future.succeededFuture(1);
        }
        if (counted.failed() || nanos.getAsLong() - countedAt > GOOD_FOR) {
            countedAt = nanos.getAsLong();
            taken = 0;
            counted = queue.depth()
                    .map(depth ->
                            depth.values().stream().mapToLong(Long::longValue).sum());
        }
        int before = taken++;
        return counted.map(waiting -> (int) Math.max(1, slots / (Math.max(0, waiting - before) + 1)))
                .recover(away -> Future.succeededFuture(1));
    }
}
