package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.progress.Progress;
import org.jspecify.annotations.Nullable;

/** Kills a process that makes no progress, takes too long or writes too much, and remembers why. */
final class Watch implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    /** Between two looks. */
    private static final long LOOK = NANOS;
    /** A gap of so long between two looks means that we were stopped ourselves. */
    private static final long STOPPED = 5 * LOOK;

    /** It becomes what it was started for in a moment, a sandbox in two. */
    private static final int YIELDS = 3;

    private static final long YOUNG = 3 * NANOS / 10;

    private final Process process;
    private final Sandbox sandbox;
    private final Bounds bounds;
    private final Niceness niceness;
    private final Optional<OutputSize> written;
    private final ScheduledFuture<?> looking;
    private final long begun;
    private volatile int yields = YIELDS;

    private volatile long deadline;
    private volatile long lastMove;
    private volatile long lastLook;
    private volatile long lastSeen = -1;
    private volatile @Nullable Feeder feeder;
    private volatile Optional<Killed> verdict = Optional.empty();
    private volatile List<ProcessHandle> standing = List.of();
    private volatile long standingSince;

    /**
     * How far a process may go.
     *
     * @param silence wall-clock time without progress
     * @param limit wall-clock time in all
     * @param folder where it writes
     * @param bytes that may lie there
     */
    record Bounds(Duration silence, Duration limit, Optional<Path> folder, long bytes) {}

    /** What watches run on. Asked for more after its end, it does nothing. */
    static ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread thread = new Thread(work, "ffmpeg-watch");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    Watch(Process process, Sandbox sandbox, ScheduledExecutorService timer, Niceness niceness, Bounds bounds) {
        this.process = process;
        this.sandbox = sandbox;
        this.bounds = bounds;
        this.niceness = niceness;
        this.begun = System.nanoTime();
        this.lastMove = begun;
        this.lastLook = lastMove;
        this.deadline = lastMove + bounds.limit().toNanos();
        this.written = bounds.folder().map(folder -> new OutputSize(folder, bounds.bytes(), System::nanoTime));
        this.looking = timer.scheduleWithFixedDelay(this::look, LOOK / 10, LOOK, TimeUnit.NANOSECONDS);
    }

    private void giveWay() {
        if (yields > 0) {
            yields--;
            Autogroup.yield(process.toHandle(), niceness);
        }
    }

    void progress(Progress progress) {
        long seen = progress.frame + progress.out_time_ns + progress.total_size;
        if (seen != lastSeen) {
            lastSeen = seen;
            lastMove = System.nanoTime();
        }
    }

    /** The same, which feeds the process until it ends. */
    Watch feeding(Optional<Feed> feed) {
        feeder = feed.map(from -> Feeder.start(from, process, this)).orElse(null);
        return this;
    }

    /** It waits for what it is to be fed: that is no time of its own. */
    void waiting() {
        long now = System.nanoTime();
        long passed = now - lastMove;
        lastMove = now;
        deadline += Math.max(0, passed);
    }

    /** Whether it may not yet have become what it was started for: a pause would meet what starts it. */
    boolean young() {
        return System.nanoTime() - begun < YOUNG;
    }

    /**
     * It stands still, or goes on; said again, it changes nothing. Blocks for some milliseconds.
     *
     * @return whether it is so now; else it is to be tried again
     */
    synchronized boolean pause(boolean still) {
        if (still && standing.isEmpty()) {
            standingSince = System.nanoTime();
            standing = Signals.stop(process.toHandle());
            return !standing.isEmpty() || !process.isAlive();
        } else if (!still && !standing.isEmpty()) {
            if (!Signals.goOn(standing)) {
                return false;
            }
            long now = System.nanoTime();
            lastMove = Math.min(now, lastMove + now - standingSince);
            deadline += now - standingSince;
            standing = List.of();
            // What began meanwhile has not yet been told to give way.
            yields = YIELDS;
        }
        return true;
    }

    void kill(FailureKind kind, String reason) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(new Killed(kind, reason));
        }
        end();
    }

    /** Nothing that it started goes on, nor does it. */
    void end() {
        sandbox.end(process);
    }

    /** Why it was killed, if it was. */
    Optional<Killed> verdict() {
        return verdict;
    }

    private void look() {
        giveWay();
        long now = System.nanoTime();
        long gap = now - lastLook;
        lastLook = now;
        if (gap > STOPPED) {
            // What it did meanwhile waits to be read, and the time is not its own.
            deadline += gap - LOOK;
            lastMove += gap - LOOK;
        }
        if (!process.isAlive()) {
            // What it left behind holds its output open, and we would wait for that.
            end();
        } else if (standing.isEmpty() && now - deadline > 0) {
            kill(FailureKind.TIMEOUT, "took longer than allowed");
        } else if (standing.isEmpty() && now - lastMove > bounds.silence().toNanos()) {
            kill(FailureKind.TIMEOUT, "made no progress for " + (now - lastMove) / NANOS + " s");
        } else if (written.map(OutputSize::exceeded).orElse(false)) {
            kill(FailureKind.TOOL, "wrote more than it may");
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        Feeder feeding = feeder;
        if (feeding != null) {
            feeding.end();
        }
    }
}
