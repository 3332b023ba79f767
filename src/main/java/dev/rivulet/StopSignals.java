package dev.rivulet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that ask the process to end: the first for an orderly stop, the second for an end at once. Why not by a
 * shutdown hook: docs/adr/2026-11-21-orderly-stop.md.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    /** What a shell makes of the end by a signal. */
    private static final int BY_SIGNAL = 128;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger heard = new AtomicInteger();
    private final Runnable first;
    private final Runnable last;

    private StopSignals(Runnable first, Runnable last) {
        this.first = first;
        this.last = last;
    }

    /**
     * Listens from now on.
     *
     * @param first called at the first signal, on a thread of its own
     * @param last called at the second, right before the process ends and every process that it has started is killed
     */
    static StopSignals listen(Runnable first, Runnable last) {
        StopSignals signals = new StopSignals(first, last);
        NAMES.forEach(signals::listen);
        return signals;
    }

    /** Blocks until the first signal has come. */
    void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Ends the process at once, with status 1, should it still be there after so long; says where it hangs. For a stop that
     * waits for something that will not come, such as an answer of a database that is paused.
     */
    void endAfter(Duration limit) {
        Thread patience = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(limit.toMillis());
                    } catch (InterruptedException e) {
                        return;
                    }
                    LOG.error("not stopped after {} s, ending at once; under way:{}", limit.toSeconds(), waiting());
                    endAtOnce(1);
                },
                "patience with the stop");
        patience.setDaemon(true);
        patience.start();
    }

    private static String waiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !entry.getKey().isDaemon() && entry.getValue().length > 0)
                .map(entry -> "\n  " + entry.getKey().getName() + ": " + List.of(entry.getValue()))
                .collect(Collectors.joining());
    }

    private void listen(String name) {
        try {
            SignalHandler before = Signal.handle(new Signal(name), this::heard);
            if (before == SignalHandler.SIG_IGN) {
                // Such as nohup wishes it.
                Signal.handle(new Signal(name), before);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("SIG{} cannot be listened for, it ends the process at once: {}", name, e.getMessage());
        }
    }

    private void heard(Signal signal) {
        if (heard.getAndIncrement() == 0) {
            LOG.info("signal={} stopping; another one ends at once", signal.getName());
            first.run();
            asked.countDown();
            return;
        }
        LOG.warn("signal={} ending at once", signal.getName());
        endAtOnce(BY_SIGNAL + signal.getNumber());
    }

    private void endAtOnce(int status) {
        try {
            last.run();
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
