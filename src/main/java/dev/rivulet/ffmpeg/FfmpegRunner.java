package dev.rivulet.ffmpeg;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that starts ffmpeg and ffprobe: through the wrapper library, under limits, killable. Calls block; they
 * belong on worker threads.
 */
public final class FfmpegRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegRunner.class);

    private static final int LONGEST_ANSWER = 64 * 1024;

    private final FfmpegTools tools;
    private final Limits limits;
    private final List<String> prefix;
    private final Map<Object, Watch> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ffmpeg-watch");
        thread.setDaemon(true);
        return thread;
    });

    public FfmpegRunner(FfmpegTools tools, Limits limits) {
        this.tools = tools;
        this.limits = limits;
        this.prefix = ProcessLimits.prefix(limits);
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
     * @param log where its standard error goes
     * @param limit wall-clock time that it may take
     * @param progress told several times a second, on another thread
     */
    public RunResult ffmpeg(Object key, List<String> args, Path log, Duration limit, ProgressListener progress) {
        AtomicReference<Process> started = new AtomicReference<>();
        ProcessFunction start = start(key, log.toFile(), limit, started);
        try {
            new Checked(tools.ffmpeg().toString(), start).run(new GivenArgs(args), report -> {
                Watch watch = running.get(key);
                if (watch != null) {
                    watch.progress(report);
                }
                progress.progress(report);
            });
        } catch (IOException e) {
            // The wrapper's message says less than exit status and log.
            LOG.debug("key={} {}", key, e.getMessage());
        }
        Watch watch = running.remove(key);
        if (watch != null) {
            watch.close();
        }
        Process process = started.get();
        int exit = process == null || process.isAlive() ? -1 : process.exitValue();
        Optional<String> killed = watch == null ? Optional.of("could not be started") : watch.verdict();
        return new RunResult(exit, killed, Tail.of(log));
    }

    /** Kills a running ffmpeg; nothing happens when there is none under this key. */
    public void kill(Object key, String reason) {
        Watch watch = running.get(key);
        if (watch != null) {
            watch.kill(reason);
        }
    }

    /** Keys of the processes that run now. */
    public List<Object> running() {
        return List.copyOf(running.keySet());
    }

    /**
     * Asks ffprobe about an untrusted file.
     *
     * @throws IOException when ffprobe finds nothing that it may read, or takes too long
     */
    public ProbedFile probe(Object key, String source) throws IOException {
        ProcessFunction start = start(key, null, limits.probeTimeout(), new AtomicReference<>());
        CheckedProbe probe = new CheckedProbe(tools.ffprobe().toString(), start);
        try {
            FFmpegProbeResult result = probe.probe(probe.builder()
                    .addExtraArgs(InputOptions.untrusted(limits).toArray(String[]::new))
                    .setShowFormat(true)
                    .setShowStreams(true)
                    .setShowChapters(false)
                    .setInput(source));
            return new ProbedFile(result, probe.printed());
        } finally {
            Watch watch = running.remove(key);
            if (watch != null) {
                watch.close();
            }
        }
    }

    /**
     * Asks ffprobe a question of our own; an answer that is longer than expected is cut.
     *
     * @param args all but the executable
     * @return the lines of the answer, none when ffprobe fails or takes too long
     */
    public List<String> ask(Object key, List<String> args) {
        List<String> command = new ArrayList<>(List.of(tools.ffprobe().toString()));
        command.addAll(args);
        try {
            Process process = start(key, null, limits.probeTimeout(), new AtomicReference<>())
                    .run(command);
            try (InputStream answer = process.getInputStream()) {
                String text = new String(answer.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                return text.lines().toList();
            } finally {
                process.destroyForcibly();
                Watch watch = running.remove(key);
                if (watch != null) {
                    watch.close();
                }
            }
        } catch (IOException e) {
            LOG.debug("key={} no answer: {}", key, e.toString());
            return List.of();
        }
    }

    @Override
    public void close() {
        running.forEach((key, watch) -> watch.kill("the server stops"));
        timer.shutdownNow();
    }

    private ProcessFunction start(
            Object key, @org.jspecify.annotations.Nullable File log, Duration limit, AtomicReference<Process> started) {
        return command -> {
            List<String> words = new ArrayList<>(prefix);
            words.addAll(command);
            LOG.debug("key={} exec {}", key, ShellQuote.of(words));
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().keySet().removeIf(name -> name.startsWith("RIVULET_"));
            builder.environment().putAll(tools.environment());
            builder.redirectInput(new File("/dev/null"));
            builder.redirectError(log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(log));
            Process process = builder.start();
            started.set(process);
            running.put(key, new Watch(process, timer, limits.stallTimeout(), limit));
            return process;
        };
    }

    /** The tool was checked when the server started; the wrapper would ask for its version before every run. */
    private static final class Checked extends FFmpeg {
        Checked(String path, ProcessFunction start) throws IOException {
            super(path, start);
        }

        @Override
        public synchronized String version() {
            return "ffmpeg version checked at start";
        }
    }

    /** Keeps what was printed: the library passes over some of it. */
    private static final class CheckedProbe extends FFprobe {
        private final StringWriter printed = new StringWriter();

        CheckedProbe(String path, ProcessFunction start) {
            super(path, start);
        }

        @Override
        public synchronized String version() {
            return "ffprobe version checked at start";
        }

        @Override
        protected BufferedReader wrapInReader(Process process) {
            try (BufferedReader output = super.wrapInReader(process)) {
                output.transferTo(printed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new BufferedReader(new StringReader(printed.toString()));
        }

        String printed() {
            return printed.toString();
        }
    }

    /** Hints for people: files do not vanish while they read this. */
    private static final class Tail {
        private static final int LENGTH = 4000;

        static String of(Path log) {
            try (var channel = Files.newByteChannel(log)) {
                channel.position(Math.max(0, channel.size() - LENGTH));
                byte[] bytes = new byte[LENGTH];
                int read = channel.read(java.nio.ByteBuffer.wrap(bytes));
                return new String(bytes, 0, Math.max(0, read), java.nio.charset.StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                return "";
            }
        }
    }
}
