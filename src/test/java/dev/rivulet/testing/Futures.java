package dev.rivulet.testing;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Waits for futures on test threads. */
public final class Futures {
    private static final int PATIENCE_SECONDS = 20;

    private Futures() {}

    /** The result; fails the test with the future's own failure. */
    public static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("nothing came", e);
        }
    }

    /** The failure; fails the test when there is none. */
    public static Throwable failure(Future<?> future) {
        return await(future.<Throwable>transform((value, failure) ->
                failure == null ? Future.failedFuture("succeeded with " + value) : Future.succeededFuture(failure)));
    }

    /** The results of doing something many times at once. */
    public static <T> List<T> together(int times, Supplier<Future<T>> work) {
        List<Future<T>> futures =
                IntStream.range(0, times).mapToObj(i -> work.get()).toList();
        return futures.stream().map(Futures::await).toList();
    }

    /** Asks again and again until the answer is yes; each question is a round trip, so this needs no pause. */
    public static void until(Supplier<Future<Boolean>> question) {
        Looks.until(PATIENCE_SECONDS, () -> await(question.get().otherwise(false)), () -> "the state never came");
    }
}
