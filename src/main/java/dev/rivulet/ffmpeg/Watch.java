package dev.rivulet.ffmpeg;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.progress.Progress;

/** Kills a process that makes no progress or takes too long, and remembers why. */
final class Watch implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;

    private final Process process;
    private final Duration silence;
    private final long deadline;
    private final ScheduledFuture<?> looking;
    private volatile long lastMove;
    private volatile long lastSeen = -1;
    private volatile Optional<String> verdict = Optional.empty();

    Watch(Process process, ScheduledExecutorService timer, Duration silence, Duration limit) {
        this.process = process;
        this.silence = silence;
        this.lastMove = System.nanoTime();
        this.deadline = lastMove + limit.toNanos();
        this.looking = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    void progress(Progress progress) {
        long seen = progress.frame + progress.out_time_ns + progress.total_size;
        if (seen != lastSeen) {
            lastSeen = seen;
            lastMove = System.nanoTime();
        }
    }

    void kill(String reason) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(reason);
        }
        process.destroyForcibly();
    }

    /** Why it was killed, if it was. */
    Optional<String> verdict() {
        return verdict;
    }

    private void look() {
        long now = System.nanoTime();
        if (now - deadline > 0) {
            kill("took longer than allowed");
        } else if (now - lastMove > silence.toNanos()) {
            kill("made no progress for " + (now - lastMove) / NANOS + " s");
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
    }
}
