package dev.rivulet.encode;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.store.Room;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets more work be taken only while there is room for it, beside what the running tasks may still write. After a write that
 * failed for want of room it stays closed for a while, whatever the free bytes say: a quota may be full, or what filled the
 * disk was deleted with the attempt that failed. Belongs to the dispatcher's event loop.
 */
final class DiskGate {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGate.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** So long a look holds good that found enough. */
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

    /** Without a shortage for so long, the next one is the first again. */
    private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(5);

    private final Room room;
    private final RetryPolicy policy;
    private final LongSupplier reserved;
    private final LongSupplier nanos;
    private final BiConsumer<Duration, Runnable> timer;
    private @Nullable Promise<Void> opening;
    private long free;
    private long goodUntil;
    private int shortages;
    private int holds;
    private long heldUntil;
    private boolean told;

    /**
     * @param policy whose pauses after a full disk are those of the gate too
     * @param reserved bytes that the running tasks may still write
     * @param nanos a monotonic clock
     * @param timer does something after a while
     */
    DiskGate(
            Room room,
            RetryPolicy policy,
            LongSupplier reserved,
            LongSupplier nanos,
            BiConsumer<Duration, Runnable> timer) {
        this.room = room;
        this.policy = policy;
        this.reserved = reserved;
        this.nanos = nanos;
        this.timer = timer;
        this.goodUntil = nanos.getAsLong();
        this.heldUntil = goodUntil;
    }

    /** Completes at once, unless the gate is known to be closed; an idle disk is left alone. */
    Future<Void> reopened() {
        return opening == null ? Future.succeededFuture() : opening.future();
    }

    /** Completes when there is room for another task. */
    Future<Void> open() {
        if (opening == null) {
            if (nanos.getAsLong() - goodUntil < 0 && room.shortages() == shortages && enough()) {
                return Future.succeededFuture();
            }
            Promise<Void> promise = Promise.promise();
            opening = promise;
            look(promise);
            return promise.future();
        }
        return opening.future();
    }

    private void look(Promise<Void> promise) {
        room.free().onComplete(seen -> {
            String obstacle = obstacle(seen);
            tell(obstacle);
            if (obstacle == null && enough()) {
                goodUntil = nanos.getAsLong() + GOOD_FOR;
                opening = null;
                promise.complete();
            } else {
                timer.accept(LOOK_AGAIN, () -> look(promise));
            }
        });
    }

    /** What stands in the way even when nothing runs. */
    private @Nullable String obstacle(AsyncResult<Long> seen) {
        long now = nanos.getAsLong();
        if (room.shortages() != shortages) {
            shortages = room.shortages();
            hold(now);
        }
        if (seen.failed()) {
            return "it cannot be written: " + seen.cause();
        }
        free = seen.result();
        if (free < room.least()) {
            return free + " bytes are free, " + room.least() + " are to stay free";
        }
        return now - heldUntil < 0 ? "a write has found no room" : null;
    }

    private void hold(long now) {
        if (now - heldUntil >= 0) {
            holds = now - heldUntil > FORGOTTEN_AFTER ? 1 : holds + 1;
            heldUntil = now
                    + policy.next(FailureKind.STORAGE, holds).orElse(LOOK_AGAIN).toNanos();
        }
    }

    private boolean enough() {
        return free - reserved.getAsLong() >= room.least();
    }

    /** Once when it stops, once when it goes on. */
    private void tell(@Nullable String obstacle) {
        if (obstacle != null && !told) {
            LOG.warn("the disk is full, no task is started: {}", obstacle);
        } else if (obstacle == null && told) {
            LOG.info("there is room again, tasks are started: {} bytes are free", free);
        }
        told = obstacle != null;
        room.close(told);
    }
}
