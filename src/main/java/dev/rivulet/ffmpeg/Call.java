package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;
import net.bramp.ffmpeg.ProcessFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process, from its start to its end. */
final class Call implements ProcessFunction {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final Calls calls;
    private final Object key;
    private final Access access;
    private final Niceness niceness;
    private final @Nullable File log;
    private final Watch.Bounds bounds;
    private volatile @Nullable Process process;
    private volatile @Nullable Watch watch;
    private volatile String refusal = "";

    Call(Calls calls, Object key, Access access, Niceness niceness, @Nullable File log, Watch.Bounds bounds) {
        this.calls = calls;
        this.key = key;
        this.access = access;
        this.niceness = niceness;
        this.log = log;
        this.bounds = bounds;
    }

    @Override
    public Process run(List<String> command) throws IOException {
        ProcessBuilder builder = calls.builder(key, access, niceness, command);
        builder.redirectError(log == null ? Redirect.DISCARD : Redirect.to(log));
        access.feed().ifPresent(feed -> builder.redirectInput(Redirect.PIPE));
        Process started;
        try {
            started = builder.start();
        } catch (IOException e) {
            refusal = String.valueOf(e.getMessage());
            LOG.warn("key={} cannot start {}: {}", key, command.get(0), refusal);
            throw e;
        }
        process = started;
        watch = calls.watch(started, niceness, bounds).feeding(access.feed());
        calls.began(key, this);
        return started;
    }

    Optional<Watch> watch() {
        return Optional.ofNullable(watch);
    }

    void kill(String reason) {
        watch().ifPresent(watch -> watch.kill(FailureKind.LOST, reason));
    }

    /** Whatever happened, nothing of it goes on. A sandbox ends with the process that it was made for. */
    void end() {
        calls.ended(key, this);
        Process ended = process;
        boolean alive = ended != null && ended.isAlive();
        watch().ifPresent(watch -> {
            watch.close();
            if (alive) {
                watch.kill(FailureKind.TOOL, "was broken off: it said more than it may");
            } else if (!calls.shutIn()) {
                watch.end();
            }
        });
    }

    /** Waits for a process that has nothing more to say; its limits see to it that it ends. */
    void await() {
        Process ending = process;
        if (ending != null) {
            ending.onExit().join();
        }
    }

    int exit() {
        Process ended = process;
        return ended == null || ended.isAlive() ? -1 : ended.exitValue();
    }

    Optional<Killed> killed() {
        if (calls.closed() && exit() != 0) {
            return Optional.of(new Killed(FailureKind.LOST, Calls.CLOSED));
        }
        if (process == null) {
            FailureKind kind = new RunResult(-1, Optional.empty(), refusal).failureKind(true);
            return Optional.of(new Killed(kind, "could not be started"));
        }
        return watch().flatMap(Watch::verdict).or(() -> Killed.bySignal(exit()));
    }

    Probed refused(Exception failure) {
        boolean endless = failure.getCause() instanceof BoundedStream.ExceededException;
        if (!endless) {
            await();
        }
        return killed().map(Probed::without).orElseGet(() -> endless ? new Probed.TooMuch() : new Probed.Unreadable());
    }
}
