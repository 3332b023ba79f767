package dev.rivulet.ffmpeg;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that starts ffmpeg and ffprobe: through the wrapper library, in a sandbox where there is one, under limits,
 * killable. Calls block; they belong on worker threads.
 */
public final class FfmpegRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegRunner.class);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final FfmpegTools tools;
    private final Limits limits;
    private final Calls calls;

    public FfmpegRunner(FfmpegTools tools, Limits limits, Sandbox sandbox) {
        this.tools = tools;
        this.limits = limits;
        this.calls = new Calls(tools, limits, sandbox);
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
                calls,
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
        calls.kill(key, reason);
    }

    /**
     * Lets a process stand still until {@link #goOn}: it keeps its memory, takes no processor, and the time does not count. So
     * does one of the same key that begins meanwhile.
     */
    public void pause(Object key) {
        calls.pause(key);
    }

    /** Ends {@link #pause}; harmless when there is none. */
    public void goOn(Object key) {
        calls.goOn(key);
    }

    /** Keys of the processes that run now. */
    public List<Object> running() {
        return calls.running();
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
                calls,
                key,
                Access.reading(source),
                Niceness.PROMPT,
                null,
                new Watch.Bounds(limit, limit, Optional.empty(), Long.MAX_VALUE));
    }

    /** Whether it was closed: what was found out since then may come of a process that was cut off, and says nothing. */
    public boolean closed() {
        return calls.closed();
    }

    /** Kills what runs; nothing can be started any more. Harmless when repeated. */
    @Override
    public void close() {
        calls.close();
    }
}
