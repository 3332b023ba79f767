package dev.rivulet;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in reverse order, whatever fails on the way. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<Opened> opened = new ArrayDeque<>();

    private record Opened(String name, AutoCloseable part) {}

    /** Remembers a part; returns it. */
    <T extends AutoCloseable> T add(String name, T part) {
        opened.push(new Opened(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            Opened next = opened.pop();
            try {
                next.part().close();
            } catch (Exception e) { // what cannot be closed must not keep the rest open
                LOG.warn("{} did not close cleanly: {}", next.name(), e.toString());
            }
        }
    }
}
