package dev.rivulet.encode;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets a task that failed for want of memory have its node to itself: it begins when no other task runs, and none begins
 * before it has ended. In the order of arrival, so that nobody waits for ever. Belongs to one event loop.
 */
final class Solitude {
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private final List<Promise<Void>> outside = new ArrayList<>();
    private int inside;
    private boolean occupied;

    private record Arrival(boolean alone, Promise<Void> turn) {}

    /** Completes when nobody has or wants the node to himself: only then is more work worth taking. */
    Future<Void> open() {
        if (!wanted()) {
            return Future.succeededFuture();
        }
        Promise<Void> opened = Promise.promise();
        outside.add(opened);
        return opened.future();
    }

    /** Completes when a task may begin. Whoever was let in says {@link #leave} when it has ended. */
    Future<Void> enter(boolean alone) {
        Promise<Void> turn = Promise.promise();
        waiting.add(new Arrival(alone, turn));
        admit();
        return turn.future();
    }

    /** A task that was let in has ended. */
    void leave() {
        inside--;
        occupied = false;
        admit();
        if (!wanted()) {
            List<Promise<Void>> all = List.copyOf(outside);
            outside.clear();
            all.forEach(Promise::complete);
        }
    }

    private boolean wanted() {
        return occupied || !waiting.isEmpty();
    }

    private void admit() {
        Arrival next = waiting.peek();
        while (next != null && !occupied && (!next.alone() || inside == 0)) {
            waiting.remove();
            inside++;
            occupied = next.alone();
            next.turn().complete();
            next = waiting.peek();
        }
    }
}
