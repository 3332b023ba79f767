package dev.rivulet.web;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the updates of one video in order: the bus may deliver them late, doubled, not at all, or before what the database
 * said. Not for use by several threads.
 */
final class UpdateOrder {
    private static final int MOST_WAITING = 256;

    private final TreeMap<Long, JsonObject> waiting = new TreeMap<>();
    private long last;

    /** @param last number of the last update that the client knows */
    UpdateOrder(long last) {
        this.last = last;
    }

    /** Takes an update and gives what can be sent now. */
    List<JsonObject> accept(JsonObject update) {
        long seq = update.getLong("seq", 0L);
        if (seq > last) {
            waiting.putIfAbsent(seq, update);
        }
        if (waiting.size() > MOST_WAITING) {
            waiting.pollLastEntry();
        }
        List<JsonObject> ready = new ArrayList<>();
        JsonObject next = waiting.remove(last + 1);
        while (next != null) {
            ready.add(next);
            last++;
            next = waiting.remove(last + 1);
        }
        return ready;
    }

    /** The client knows everything up to {@code seq} by other means. */
    List<JsonObject> jumpTo(long seq) {
        last = Math.max(last, seq);
        waiting.headMap(last, true).clear();
        JsonObject next = waiting.remove(last + 1);
        return next == null ? List.of() : accept(next);
    }

    /** Number of the last update that was given out. */
    long last() {
        return last;
    }

    /** Whether something is missing between what was given out and what waits. */
    boolean gap() {
        return !waiting.isEmpty();
    }
}
