package dev.rivulet.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this process may believe that a lease is its own, without asking. Its end is reckoned from before the question
 * was sent, by a clock that never goes back, so that it comes no later than the end that the database wrote down.
 *
 * <p>One thread prolongs it, any may ask it.
 */
public final class LocalLease implements Fence {
    private final Duration length;
    private final LongSupplier nanos;
    private volatile long end;
    private volatile boolean lost;

    /**
     * @param length of the lease from each renewal
     * @param asked what the clock said before the lease was asked for
     * @param nanos a monotonic clock, such as {@link System#nanoTime}
     */
    public LocalLease(Duration length, long asked, LongSupplier nanos) {
        this.length = length;
        this.nanos = nanos;
        this.end = asked + length.toNanos();
    }

    /** What its clock says now. */
    public long now() {
        return nanos.getAsLong();
    }

    /** The database has said that the lease holds; a late answer to an early question takes nothing away. */
    public void renewed(long asked) {
        long later = asked + length.toNanos();
        if (later - end > 0) {
            end = later;
        }
    }

    /** The database has said that the lease is somebody else's: for good. */
    public void lose() {
        lost = true;
    }

    /** Whether the lease is known to be somebody else's. */
    public boolean lost() {
        return lost;
    }

    @Override
    public boolean open() {
        return !lost && nanos.getAsLong() - end < 0;
    }
}
