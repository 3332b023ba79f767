package dev.rivulet.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look that everybody shares who wants it at about the same time: any number of open pages cost as much as one. It is
 * taken again when it is a second old, or later when it was expensive, so that looking takes a small part of the time; but
 * never later than after five seconds, however slow the machine is. A look that failed is not kept.
 */
final class Recent<T> {
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final long STALE_NANOS = 5_000_000_000L;
    private static final long SHARE = 50;

    private final Vertx vertx;
    private final Supplier<Future<T>> look;
    private final AtomicReference<@Nullable Look<T>> last = new AtomicReference<>();

    /** @param look is taken when somebody wants it, one at a time */
    Recent(Vertx vertx, Supplier<Future<T>> look) {
        this.vertx = vertx;
        this.look = look;
    }

    /** The last look while it is fresh, else a new one; completes on the context of the caller. */
    Future<T> get() {
        Context here = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        taken().outcome.future().onComplete(done -> here.runOnContext(now -> answer.handle(done)));
        return answer.future();
    }

    private Look<T> taken() {
        Look<T> before = last.get();
        if (before != null && before.fresh()) {
            return before;
        }
        Look<T> next = new Look<>();
        if (!last.compareAndSet(before, next)) {
            return taken();
        }
        look.get().onComplete(done -> {
            next.freshUntil = done.failed() ? next.begun : until(next.begun, System.nanoTime());
            next.outcome.handle(done);
        });
        return next;
    }

    /** Until when a look is fresh that was begun and ended at these times of the monotonic clock. */
    static long until(long begun, long ended) {
        return ended + Math.min(STALE_NANOS, Math.max(FRESH_NANOS, SHARE * (ended - begun)));
    }

    /** One look, from the moment it was begun. */
    private static final class Look<T> {
        private final long begun = System.nanoTime();
        private final Promise<T> outcome = Promise.promise();
        private volatile long freshUntil;

        boolean fresh() {
            return !outcome.future().isComplete() || System.nanoTime() - freshUntil < 0;
        }
    }
}
