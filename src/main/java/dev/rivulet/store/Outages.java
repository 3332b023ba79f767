package dev.rivulet.store;

import dev.rivulet.job.UnavailableException;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells, for all calls of a port, "it cannot be reached just now" from every other failure, and ends calls that are never
 * answered, so that nobody waits for ever for a server that hangs.
 */
public final class Outages {
    /** Longer than any call takes that is still wanted. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Outages() {}

    /**
     * The same port, whose failures are {@link UnavailableException}s where {@code away} says so, or nothing was answered.
     *
     * @param port an interface whose methods return futures
     * @param what how people call the server
     */
    public static <P> P told(Class<P> port, P adapter, String what, Predicate<Throwable> away) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            try {
                Object answer = method.invoke(adapter, args);
                return answer instanceof Future<?> future ? told(future, what, away) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /**
     * Repeats a call until it is answered, be it with a refusal.
     *
     * @param pause completes when it is time to ask again; fails when nobody waits any more
     */
    public static <T> Future<T> outlasted(Supplier<Future<T>> call, Supplier<Future<Void>> pause) {
        return call.get()
                .recover(failure -> failure instanceof UnavailableException
                        ? pause.get()
                                .transform(passed ->
                                        passed.succeeded() ? outlasted(call, pause) : Future.failedFuture(failure))
                        : Future.failedFuture(failure));
    }

    private static <T> Future<T> told(Future<T> answer, String what, Predicate<Throwable> away) {
        return answer.timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException || away.test(failure)
                                ? new UnavailableException(what, failure)
                                : failure));
    }
}
