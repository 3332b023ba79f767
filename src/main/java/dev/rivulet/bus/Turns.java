package dev.rivulet.bus;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Work that makes something true and may be asked for at any time: for each key one at a time, and once more when it was
 * asked for while it ran. Belongs to one event loop.
 *
 * @param <K> what is made true, such as a video
 */
public final class Turns<K> {
    private final Map<K, Turn> turns = new HashMap<>();
    private boolean ended;

    /** Runs {@code work} now, or once after the run that is under way, however often it is asked for. */
    public Future<Void> run(K key, Supplier<Future<Void>> work) {
        if (ended) {
            return Future.succeededFuture();
        }
        Turn turn = turns.get(key);
        if (turn == null) {
            turn = new Turn();
            turns.put(key, turn);
            turn.now = start(key, turn, work);
            return turn.now;
        }
        if (turn.next == null) {
            Turn same = turn;
            turn.next = turn.now.transform(done -> {
                same.next = null;
                return ended ? Future.succeededFuture() : start(key, same, work);
            });
        }
        return turn.next;
    }

    /**
     * Begins nothing more, whoever asks: whatever is left undone will be asked for again.
     *
     * @return completes when what is under way has ended, well or not
     */
    public Future<Void> end() {
        ended = true;
        return Future.join(turns.values().stream().map(turn -> turn.now).toList())
                .<Void>mapEmpty()
                .recover(failed -> Future.succeededFuture());
    }

    private Future<Void> start(K key, Turn turn, Supplier<Future<Void>> work) {
        Future<Void> run = Future.<Void>succeededFuture().compose(nothing -> work.get());
        turn.now = run;
        run.onComplete(done -> {
            if (turn.next == null && turn.now == run) {
                turns.remove(key, turn);
            }
        });
        return run;
    }

    private static final class Turn {
        private Future<Void> now = Future.succeededFuture();
        private @org.jspecify.annotations.Nullable Future<Void> next;
    }
}
