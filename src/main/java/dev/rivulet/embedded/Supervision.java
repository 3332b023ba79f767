package dev.rivulet.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again that has ended by itself: at once the first time, then with growing pauses as long as it does not
 * stay, and never gives up. On a thread of its own.
 */
final class Supervision implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A server that has run for so long counts as one that stays. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    /** For a start that is under way, and for one that is broken off. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Supervised server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /** What is looked after; asked and started on one thread. */
    interface Supervised {
        /** Whether its process is there. */
        boolean runs();

        /** Starts it as it was, with its port and its data; returns when it answers. */
        void start() throws IOException;
    }

    private Supervision(String name, Supervised server) {
        this.name = name;
        this.server = server;
        this.thread = new Thread(this::keep, "keeps " + name);
        thread.setDaemon(true);
    }

    /**
     * Begins to look after a server that runs.
     *
     * @param name how people call it
     */
    static Supervision of(String name, Supervised server) {
        Supervision supervision = new Supervision(name, server);
        supervision.thread.start();
        return supervision;
    }

    /** The pause before the next start, by the number of those that were tried since the server last stayed. */
    static Duration pause(int tries) {
        if (tries == 0) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(tries - 1, 30));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Starts nothing more; does not wait for a start that is under way. */
    void end() {
        over.countDown();
    }

    /** Starts nothing more, and waits a moment for a start that is under way; then it is broken off. */
    @Override
    public void close() {
        end();
        try {
            thread.join(PATIENCE.toMillis());
            thread.interrupt();
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        int tries = 0;
        long startedAt = System.nanoTime();
        while (goesOnAfter(LOOK)) {
            if (server.runs()) {
                continue;
            }
            if (System.nanoTime() - startedAt > STEADY.toNanos()) {
                tries = 0;
            }
            Duration pause = pause(tries++);
            LOG.warn("{} does not run; it is started again{}", name, pause.isZero() ? "" : " in " + seconds(pause));
            if (goesOnAfter(pause)) {
                startAgain();
                startedAt = System.nanoTime();
            }
        }
    }

    private void startAgain() {
        try {
            server.start();
            LOG.info("{} runs again", name);
        } catch (IOException | RuntimeException e) { // whatever it was, it must not be the last try
            LOG.warn("{} cannot be started: {}", name, String.valueOf(e.getMessage()));
        }
    }

    private boolean goesOnAfter(Duration pause) {
        try {
            return !over.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static String seconds(Duration pause) {
        return pause.toSeconds() + " s";
    }
}
