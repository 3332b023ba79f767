package dev.rivulet.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work that costs little more for many than for one: one run at a time, and what is asked for while it is under way is done
 * together in the next. The busier, the fewer runs; nobody waits when nothing has run lately. Belongs to one event loop.
 *
 * @param <K> what is asked for, once in a run however often it is asked for
 * @param <R> what a run gives to all who asked for it
 */
public final class Gathering<K, R> {
    private final int most;
    private final Supplier<Future<Void>> pause;
    private final Function<Set<K>, Future<R>> work;
    private final Deque<Run<K, R>> waiting = new ArrayDeque<>();
    private Future<?> now = Future.succeededFuture();
    private boolean running;
    private boolean ended;

    /**
     * @param most so much is done in one run, at least 1
     * @param pause completes when the next run may begin, from the end of one on
     */
    public Gathering(int most, Supplier<Future<Void>> pause, Function<Set<K>, Future<R>> work) {
        this.most = most;
        this.pause = pause;
        this.work = work;
    }

    private record Run<K, R>(Set<K> keys, Promise<R> done) {}

    /** Begins now, or with all that waits when the run that is under way has ended; completes with its own run. */
    public Future<R> run(K key) {
        if (waiting.isEmpty() || waiting.getLast().keys().size() >= most) {
            waiting.add(new Run<>(new LinkedHashSet<>(), Promise.promise()));
        }
        Run<K, R> last = waiting.getLast();
        last.keys().add(key);
        next();
        return last.done().future();
    }

    /**
     * Begins nothing more; what waits never completes.
     *
     * @return completes when what is under way has ended, well or not
     */
    public Future<Void> end() {
        ended = true;
        return now.<Void>mapEmpty().otherwiseEmpty();
    }

    private void next() {
        if (running || ended || waiting.isEmpty()) {
            return;
        }
        running = true;
        Run<K, R> run = waiting.remove();
        Future<R> begun = Future.<Void>succeededFuture().compose(nothing -> work.apply(run.keys()));
        now = begun;
        begun.onComplete(done -> {
            run.done().handle(done);
            pause.get().onComplete(over -> {
                running = false;
                next();
            });
        });
    }
}
