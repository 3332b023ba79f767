package dev.rivulet.ffmpeg;

import com.google.gson.JsonParseException;
import dev.rivulet.job.FailureKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that starts ffmpeg and ffprobe: through the wrapper library, in a sandbox where there is one, under limits,
 * killable. Calls block; they belong on worker threads.
 */
public final class FfmpegRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegRunner.class);
    /** What the shell and Java make of SIGXFSZ: a file grew beyond its limit. */
    private static final int FILE_TOO_LARGE = 128 + 25;
    /** The same of SIGKILL, from somebody else: mostly the system, out of memory. */
    private static final int KILLED = 128 + 9;

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final String CLOSED = "was stopped with the server";

    private final FfmpegTools tools;
    private final Limits limits;
    private final Sandbox sandbox;
    private final Map<Niceness, List<String>> prefixes;
    private final Map<Object, Call> running = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final ScheduledExecutorService timer = Watch.timer();

    public FfmpegRunner(FfmpegTools tools, Limits limits, Sandbox sandbox) {
        this.tools = tools;
        this.limits = limits;
        this.sandbox = sandbox;
        this.prefixes = ProcessLimits.prefixes(limits);
    }

    /** The limits that command lines are written for. */
    public Limits limits() {
        return limits;
    }

    /**
     * Runs ffmpeg to its end.
     *
     * @param key names the run, for {@link #kill}
     * @param args all but the executable
     * @param access all that it may read, and where it may write
     * @param log where its standard error goes
     * @param limit wall-clock time that it may take
     * @param progress told several times a second, on this thread
     */
    public RunResult ffmpeg(
            Object key, List<String> args, Access access, Path log, Duration limit, ProgressListener progress) {
        return ffmpeg(key, args, access, log, limit, Niceness.PROMPT, progress);
    }

    /** As {@link #ffmpeg(Object, List, Access, Path, Duration, ProgressListener)}, yielding to others so readily. */
    public RunResult ffmpeg(
            Object key,
            List<String> args,
            Access access,
            Path log,
            Duration limit,
            Niceness niceness,
            ProgressListener progress) {
        Call call = new Call(
                key,
                access,
                niceness,
                log.toFile(),
                new Watch.Bounds(limits.stallTimeout(), limit, access.writes(), limits.maxOutputBytes()));
        try {
            new PipedFfmpeg(tools.ffmpeg().toString(), call).run(new GivenArgs(args), report -> {
                call.watch().ifPresent(watch -> watch.progress(report));
                progress.progress(report);
            });
        } catch (IOException | UncheckedIOException e) {
            // The wrapper's message says less than exit status and log.
            LOG.debug("key={} {}", key, e.getMessage());
        } finally {
            call.end();
        }
        Optional<Killed> why = call.killed().or(() -> DiskRoom.verdict(call.exit(), access));
        return new RunResult(call.exit(), why, Tail.of(log));
    }

    /** Kills a running process because its work is not wanted any more; nothing happens when there is none of this key. */
    public void kill(Object key, String reason) {
        Call call = running.get(key);
        if (call != null) {
            // Not here: ending all that was started may take a moment, and this is asked on event loops.
            timer.execute(() -> call.kill(reason));
        }
    }

    /** Keys of the processes that run now. */
    public List<Object> running() {
        return List.copyOf(running.keySet());
    }

    /**
     * Asks ffprobe about an untrusted file.
     *
     * @param source a local path
     */
    public Probed probe(Object key, String source) {
        Call call = look(key, source);
        try {
            BoundedFfprobe ffprobe = new BoundedFfprobe(tools.ffprobe().toString(), call);
            FFmpegProbeResult result = ffprobe.probe(ffprobe.question(limits, source));
            return result.getFormat() == null || result.hasError()
                    ? new Probed.Unreadable()
                    : new Probed.Read(new ProbedFile(result, ffprobe.printed()));
        } catch (IOException | UncheckedIOException | JsonParseException | IllegalStateException e) {
            LOG.debug("key={} {}", key, e.getMessage());
            return call.refused(e);
        } finally {
            call.end();
        }
    }

    /**
     * Asks ffprobe a question of our own; an answer that is longer than expected is cut.
     *
     * @param source a local path, the one that it may read
     * @param args all but the executable
     * @return the lines of the answer, none when ffprobe makes nothing of the file
     * @throws IOException when it was broken off or took too long: that says nothing about the file
     */
    public List<String> ask(Object key, String source, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(tools.ffprobe().toString()));
        command.addAll(args);
        Call call = look(key, source);
        try (InputStream answer = call.run(command).getInputStream()) {
            byte[] bytes = answer.readNBytes(LONGEST_ANSWER);
            if (bytes.length < LONGEST_ANSWER) {
                call.await();
            }
            Optional<Killed> killed = call.killed();
            if (killed.isPresent()) {
                throw new IOException("ffprobe " + killed.get().reason());
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } finally {
            call.end();
        }
    }

    private Call look(Object key, String source) {
        Duration limit = limits.probeTimeout();
        return new Call(
                key,
                Access.reading(source),
                Niceness.PROMPT,
                null,
                new Watch.Bounds(limit, limit, Optional.empty(), Long.MAX_VALUE));
    }

    /** Whether it was closed: what was found out since then may come of a process that was cut off, and says nothing. */
    public boolean closed() {
        return closed;
    }

    /** Kills what runs; nothing can be started any more. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        running.values().parallelStream().forEach(call -> call.kill(CLOSED));
        timer.shutdownNow();
    }

    /** One process, from its start to its end. */
    private final class Call implements ProcessFunction {
        private final Object key;
        private final Access access;
        private final Niceness niceness;
        private final @Nullable File log;
        private final Watch.Bounds bounds;
        private volatile @Nullable Process process;
        private volatile @Nullable Watch watch;
        private volatile String refusal = "";

        Call(Object key, Access access, Niceness niceness, @Nullable File log, Watch.Bounds bounds) {
            this.key = key;
            this.access = access;
            this.niceness = niceness;
            this.log = log;
            this.bounds = bounds;
        }

        @Override
        public Process run(List<String> command) throws IOException {
            if (closed) {
                throw new IOException(CLOSED);
            }
            List<String> words = new ArrayList<>(Objects.requireNonNull(prefixes.get(niceness)));
            words.addAll(sandbox.words(access));
            words.addAll(command);
            LOG.debug("key={} exec {}", key, ShellQuote.of(words));
            ProcessBuilder builder = ToolPaths.process(tools, words);
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
            watch = new Watch(started, sandbox, timer, niceness, bounds).feeding(access.feed());
            running.put(key, this);
            if (closed) {
                kill(CLOSED);
            }
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
            running.remove(key, this);
            Process ended = process;
            boolean alive = ended != null && ended.isAlive();
            watch().ifPresent(watch -> {
                watch.close();
                if (alive) {
                    watch.kill(FailureKind.TOOL, "was broken off: it said more than it may");
                } else if (!sandbox.works()) {
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
            if (closed && exit() != 0) {
                return Optional.of(new Killed(FailureKind.LOST, CLOSED));
            }
            if (process == null) {
                FailureKind kind = new RunResult(-1, Optional.empty(), refusal).failureKind(true);
                return Optional.of(new Killed(kind, "could not be started"));
            }
            return watch().flatMap(Watch::verdict).or(() -> switch (exit()) {
                case FILE_TOO_LARGE -> Optional.of(new Killed(FailureKind.TOOL, "wrote more than it may"));
                case KILLED ->
                    Optional.of(new Killed(FailureKind.MEMORY, "was killed from outside, as for want of memory"));
                default -> Optional.empty();
            });
        }

        Probed refused(Exception failure) {
            boolean endless = failure.getCause() instanceof BoundedStream.ExceededException;
            if (!endless) {
                await();
            }
            return killed().map(Probed::without)
                    .orElseGet(() -> endless ? new Probed.TooMuch() : new Probed.Unreadable());
        }
    }
}
