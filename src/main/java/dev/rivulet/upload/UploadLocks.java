package dev.rivulet.upload;

import dev.rivulet.job.VideoId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request at a time for each upload of this node. Whoever comes asks the one who is there to end: a client that comes
 * back after its connection died must not wait until the server has noticed that. For all event loops.
 */
final class UploadLocks {
    private static final int MOST_WAITING = 16;

    private final Vertx vertx;
    private final Duration patience;
    private final Map<VideoId, Deque<Turn>> queues = new HashMap<>();

    /** @param patience how long somebody waits for the one who is there */
    UploadLocks(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    /**
     * Waits for the lock.
     *
     * @param giveUp called on the caller's context when somebody else waits for it, maybe before it is given, and more than
     *     once
     * @return the turn, to be released; fails with 423 when the one who is there does not end in time
     */
    Future<Turn> take(VideoId id, Runnable giveUp) {
        Turn turn = new Turn(id, vertx.getOrCreateContext(), giveUp);
        Turn first;
        synchronized (queues) {
            Deque<Turn> queue = queues.computeIfAbsent(id, none -> new ArrayDeque<>());
            if (queue.size() > MOST_WAITING) {
                return Future.failedFuture(TusFaults.locked());
            }
            queue.add(turn);
            first = queue.element();
        }
        if (first == turn) {
            turn.given.complete(turn);
        } else {
            first.askToEnd();
            long timer = vertx.setTimer(patience.toMillis(), late -> turn.waitNoLonger());
            turn.given.future().onComplete(done -> vertx.cancelTimer(timer));
        }
        return turn.given.future();
    }

    /** A turn that waits, or has the lock. */
    final class Turn {
        private final VideoId id;
        private final Context context;
        private final Runnable giveUp;
        private final Promise<Turn> given = Promise.promise();

        private Turn(VideoId id, Context context, Runnable giveUp) {
            this.id = id;
            this.context = context;
            this.giveUp = giveUp;
        }

        /** Lets the next one in; harmless when said again. */
        void release() {
            Turn next = leave();
            if (next != null) {
                next.context.runOnContext(now -> next.given.tryComplete(next));
            }
        }

        /** Who has the lock because this one left; who has others behind it is to end at once. */
        private @Nullable Turn leave() {
            Turn next;
            boolean others;
            synchronized (queues) {
                Deque<Turn> queue = queues.get(id);
                if (queue == null) {
                    return null;
                }
                boolean held = queue.peek() == this;
                queue.remove(this);
                if (queue.isEmpty()) {
                    queues.remove(id);
                    return null;
                }
                next = held ? queue.element() : null;
                others = queue.size() > 1;
            }
            if (next != null && others) {
                next.askToEnd();
            }
            return next;
        }

        private void askToEnd() {
            context.runOnContext(now -> giveUp.run());
        }

        private void waitNoLonger() {
            boolean waiting;
            synchronized (queues) {
                Deque<Turn> queue = queues.get(id);
                waiting = queue != null && queue.peek() != this && queue.remove(this);
            }
            if (waiting) {
                given.tryFail(TusFaults.locked());
            }
        }
    }
}
