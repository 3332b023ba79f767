package dev.rivulet.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state by looking at it every 20 ms: without a pause it would take a core from what it waits for. */
public final class Looks {
    private static final Executor NEXT = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private Looks() {}

    /** Until it is so; fails the test after so many seconds, with these words. */
    public static void until(long seconds, BooleanSupplier state, Supplier<String> missed) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(missed.get());
            }
            CompletableFuture.runAsync(() -> {}, NEXT).join();
        }
    }
}
