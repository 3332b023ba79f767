package dev.rivulet;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, and the order in which it ends: first all that takes work in, at the same time, each when its work
 * is done; then the rest in reverse, whatever fails on the way. What is not done after the grace is cut off.
 */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    /** For what was cut off to be put in order. */
    static final Duration SETTLING = Duration.ofSeconds(5);
    /** After the grace: nothing that is in order takes so long. */
    static final Duration ENOUGH = Duration.ofSeconds(15);
    /** What comes late gets this much, so that one that hangs does not take the chance from the rest. */
    static final Duration LEAST = Duration.ofMillis(500);

    private final Deque<Part> opened = new ArrayDeque<>();
    private final List<First> first = new ArrayList<>();
    private final List<Runnable> cuts = new ArrayList<>();
    private final List<Runnable> lastWords = new CopyOnWriteArrayList<>();
    private volatile boolean unwanted;
    private volatile long end = System.nanoTime();

    private record Part(String name, AutoCloseable part) {}

    private record First(String name, Supplier<Future<?>> end) {}

    /** The start was given up because a stop was asked for. */
    static final class StopAskedException extends RuntimeException {
        StopAskedException() {
            super("asked to stop before the start was over");
        }
    }

    /** Remembers a part, to be closed in reverse order; returns it. */
    <T extends AutoCloseable> T add(String name, T part) {
        opened.push(new Part(name, part));
        goOn();
        return part;
    }

    /** Remembers a part that ends by itself once it is told to, and is left alone when it takes too long. */
    void addEnding(String name, Supplier<Future<?>> end) {
        add(name, () -> end.get()
                .timeout(left().toMillis(), TimeUnit.MILLISECONDS)
                .await());
    }

    /** Remembers what ends before the parts, together with its like: it takes nothing in any more and ends its work. */
    void addFirst(String name, Supplier<Future<?>> end) {
        first.add(new First(name, end));
        goOn();
    }

    /** Remembers how to cut off what is not done in time; may block, and be called though all is done. */
    void addCut(Runnable cut) {
        cuts.add(cut);
    }

    /** Remembers what a process that ends at once tells those who outlive it; must not block. */
    void addLastWord(Runnable word) {
        lastWords.add(word);
    }

    /** Says the last words; from any thread, also while everything is being closed. */
    void sayLastWords() {
        lastWords.forEach(Runnable::run);
    }

    /** A start that is under way is given up after its current step. From any thread. */
    void giveUp() {
        unwanted = true;
    }

    /** How long what is closed now may take: what is left of the grace and its settling, or little. */
    Duration left() {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(LEAST) > 0 ? left : LEAST;
    }

    /** Without grace. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Blocks until everything is closed, little longer than the grace. */
    synchronized void close(Duration grace) {
        unwanted = false;
        end = System.nanoTime() + grace.plus(SETTLING).toNanos();
        Executor afterGrace = CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> cut = CompletableFuture.runAsync(this::cutOff, afterGrace);
        List<CompletableFuture<Void>> ending = first.stream().map(Closing::end).toList();
        await(CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new)), left());
        first.clear();
        while (!opened.isEmpty()) {
            Part next = opened.pop();
            try {
                next.part().close();
            } catch (Exception e) { // what cannot be closed must not keep the rest open
                LOG.warn("{} did not close cleanly: {}", next.name(), e.toString());
            }
        }
        cut.cancel(false);
    }

    private void goOn() {
        if (unwanted) {
            throw new StopAskedException();
        }
    }

    private void cutOff() {
        LOG.info("what is still under way is cut off");
        cuts.forEach(Runnable::run);
    }

    private static CompletableFuture<Void> end(First first) {
        return first.end()
                .get()
                .<Void>mapEmpty()
                .onFailure(failure -> LOG.warn("{} did not end cleanly: {}", first.name(), failure.toString()))
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static void await(CompletableFuture<Void> ended, Duration patience) {
        try {
            ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not everything ended within {} s", patience.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException(e); // failures have been logged and taken away
        }
    }
}
