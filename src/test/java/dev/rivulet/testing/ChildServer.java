package dev.rivulet.testing;

import dev.rivulet.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole program in a process of its own, as operators run it: to be stopped, killed, misconfigured. */
public final class ChildServer implements Site, AutoCloseable {
    private static final Pattern READY = Pattern.compile("Rivulet is ready: (\\S+)");
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 40;

    private final Path data;
    private final Process process;
    private final long begun = System.nanoTime();
    private String url = "";
    private Duration startTime = Duration.ZERO;

    /**
     * How it is run.
     *
     * @param main the class that is started
     * @param options words for the Java machine
     */
    public record Program(Class<?> main, List<String> options) {}

    private ChildServer(Path data, Map<String, String> environment, Program program) {
        this.data = data;
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.add("@scripts/java.options");
        words.addAll(program.options());
        words.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), program.main().getName()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(file("out").toFile())
                .redirectError(file("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RIVULET_"));
        builder.environment().putAll(Map.of("RIVULET_DATA_DIR", data.toString(), "RIVULET_HTTP_PORT", "0"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a start ended that was not to succeed. */
    public record Ended(int exit, List<String> errors, String output, Duration after) {}

    /** Starts it and waits until it is ready. */
    public static ChildServer start(Path data, Map<String, String> environment, String... options) {
        return start(data, environment, new Program(Main.class, List.of(options)));
    }

    /** The same with another main class. */
    public static ChildServer start(Path data, Map<String, String> environment, Program program) {
        if (!environment.containsKey("RIVULET_POSTGRES_URL")) {
            FirstStart.into(data);
        }
        return ready(new ChildServer(data, environment, program));
    }

    /** Starts it in a folder in which nothing is prepared, as a new operator does, and waits until it is ready. */
    public static ChildServer startAnew(Path data) {
        return ready(begin(data, Map.of()));
    }

    private static ChildServer ready(ChildServer server) {
        try {
            server.until(START_SECONDS, server::ready);
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
        server.startTime = Duration.ofNanos(System.nanoTime() - server.begun);
        return server;
    }

    /** Starts it and does not wait. */
    public static ChildServer begin(Path data, Map<String, String> environment, String... options) {
        return new ChildServer(data, environment, new Program(Main.class, List.of(options)));
    }

    public static ChildServer start(Path data) {
        return start(data, Map.of());
    }

    /** Starts it and waits until it has given up. */
    public static Ended refused(Path data, Map<String, String> environment) {
        try (ChildServer server = begin(data, environment)) {
            if (!server.process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not give up: " + server.said());
            }
            return new Ended(
                    server.process.exitValue(),
                    server.read("err").lines().toList(),
                    server.read("out"),
                    Duration.ofNanos(System.nanoTime() - server.begun));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** From the start of the process to its word that it is ready. */
    public Duration startTime() {
        return startTime;
    }

    @Override
    public URI uri(String path) {
        return URI.create(url + path);
    }

    public Path data() {
        return data;
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end; its exit status. */
    public int stop() {
        process.destroy();
        return ended();
    }

    /** @param name such as TERM */
    public void signal(String name) {
        signal(pid(), name);
    }

    /** To any process. */
    public static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for its end; its exit status. */
    public int ended() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not stop: " + said());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a state, as long as the process lives. */
    public void until(long seconds, BooleanSupplier state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!state.getAsBoolean()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("it ended with " + process.exitValue() + ": " + said());
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + seconds + " s: " + said());
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that it has written on both of its outputs. */
    public String said() {
        return read("out") + read("err");
    }

    /** Whatever happened: nothing of it goes on. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
        // What a killed server leaves running and no later one has stopped.
        DataProcesses.naming(data).forEach(ProcessHandle::destroy);
    }

    private boolean ready() {
        Matcher ready = READY.matcher(read("out"));
        if (ready.find()) {
            url = ready.group(1);
        }
        return !url.isEmpty();
    }

    private Path file(String kind) {
        return data.resolveSibling(data.getFileName() + "." + kind);
    }

    private String read(String kind) {
        try {
            return Files.readString(file(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
