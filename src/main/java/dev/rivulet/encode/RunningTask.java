package dev.rivulet.encode;

import dev.rivulet.job.Lease;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A task that a slot of this node works on; belongs to the dispatcher's event loop. */
final class RunningTask {
    private static final long TICK_NANOS = 900_000_000L;

    private final Claim claim;
    private final int slot;
    private final LocalLease held;
    private boolean told;
    private long lastTick;
    private int storedSegments;
    private int threads;
    private Future<Void> ticks = Future.succeededFuture();
    private final Promise<Void> work = Promise.promise();
    private Future<Void> over = Future.succeededFuture();

    /** @param held how long this node may store what the task makes */
    RunningTask(Claim claim, int slot, LocalLease held) {
        this.claim = claim;
        this.slot = slot;
        this.held = held;
    }

    /** The same task in another place, before it has begun. */
    RunningTask in(int place) {
        return new RunningTask(claim, place, held);
    }

    Claim claim() {
        return claim;
    }

    Lease lease() {
        return claim.lease();
    }

    int slot() {
        return slot;
    }

    LocalLease held() {
        return held;
    }

    /** It is given to its slot. */
    void begin() {
        over = work.future();
    }

    /** It is at work with so many threads, or not at work any more with none. */
    void work(int threads) {
        this.threads = threads;
    }

    /** How many it works with; 0 before and after. */
    int threads() {
        return threads;
    }

    /** Nothing more happens for it. */
    void end() {
        work.tryComplete();
    }

    /** Complete whenever it is not at work. */
    Future<Void> over() {
        return over;
    }

    int storedSegments() {
        return storedSegments;
    }

    void stored(int segments) {
        storedSegments = segments;
    }

    /** Whether a sign of life is worth a row: the first segments of sound at once, all else about once a second. */
    boolean worthTelling(int segments, long nowNanos) {
        boolean first = storedSegments == 0 && segments > 0;
        if (!told || first || nowNanos - lastTick >= TICK_NANOS) {
            told = true;
            lastTick = nowNanos;
            return true;
        }
        return false;
    }

    /** Signs of life are recorded one after the other, and all of them before the end of the task. */
    Future<Void> inOrder(java.util.function.Supplier<Future<Void>> work) {
        ticks = ticks.transform(before -> work.get());
        return ticks;
    }
}
