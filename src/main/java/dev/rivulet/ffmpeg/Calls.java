package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes that run, by their keys: to be killed, to stand still, to end with the server. */
final class Calls implements AutoCloseable {
    static final String CLOSED = "was stopped with the server";

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final long AGAIN_MILLIS = 300;

    private final FfmpegTools tools;
    private final Sandbox sandbox;
    private final Map<Niceness, List<String>> prefixes;
    private final Map<Object, Call> running = new ConcurrentHashMap<>();
    private final Set<Object> paused = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Watch.timer();
    /** Whether what runs dies with us. */
    private final boolean bound;

    private final Executor soon = CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, timer);
    private volatile boolean closed;

    Calls(FfmpegTools tools, Limits limits, Sandbox sandbox) {
        this.tools = tools;
        this.sandbox = sandbox;
        this.prefixes = ProcessLimits.prefixes(limits);
        this.bound = sandbox.works() || ProcessLimits.find("setpriv").isPresent();
    }

    /** What starts a command within its bounds. */
    ProcessBuilder builder(Object key, Access access, Niceness niceness, List<String> command) throws IOException {
        if (closed) {
            throw new IOException(CLOSED);
        }
        List<String> words = new ArrayList<>(Objects.requireNonNull(prefixes.get(niceness)));
        words.addAll(sandbox.words(access));
        words.addAll(command);
        LOG.debug("key={} exec {}", key, ShellQuote.of(words));
        return ToolPaths.process(tools, words);
    }

    Watch watch(Process process, Niceness niceness, Watch.Bounds bounds) {
        return new Watch(process, sandbox, timer, niceness, bounds);
    }

    /** Whether what is inside ends with its sandbox. */
    boolean shutIn() {
        return sandbox.works();
    }

    void began(Object key, Call call) {
        running.put(key, call);
        if (paused.contains(key)) {
            timer.execute(() -> settle(key));
        }
        if (closed) {
            call.kill(CLOSED);
        }
    }

    void ended(Object key, Call call) {
        running.remove(key, call);
    }

    void kill(Object key, String reason) {
        Call call = running.get(key);
        if (call != null) {
            // Not here: ending all that was started may take a moment, and this is asked on event loops.
            timer.execute(() -> call.kill(reason));
        }
    }

    /** Nothing stands still that would do so for ever if this process were killed. */
    void pause(Object key) {
        if (bound) {
            paused.add(key);
            timer.execute(() -> settle(key));
        }
    }

    void goOn(Object key) {
        paused.remove(key);
        timer.execute(() -> settle(key));
    }

    /** On one thread: the last word counts. */
    private void settle(Object key) {
        Call call = running.get(key);
        if (call != null) {
            call.watch().ifPresent(watch -> {
                boolean still = paused.contains(key);
                if ((still && watch.young()) || !watch.pause(still)) {
                    soon.execute(() -> settle(key));
                }
            });
        }
    }

    List<Object> running() {
        return List.copyOf(running.keySet());
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        running.values().parallelStream().forEach(call -> call.kill(CLOSED));
        timer.shutdownNow();
    }
}
