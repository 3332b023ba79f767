package dev.rivulet.chaos;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.SmallDisk;
import dev.rivulet.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server to which bad things happen, drawn by a seed; whatever ends it, it is started again as an operator would. */
final class Faults implements AutoCloseable {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(5);
    private static final long PATIENCE = 120;

    private final Path data;
    private final SmallDisk disk;
    private final Random random;
    private final Map<String, String> settings;
    private final List<String> told = new ArrayList<>();
    private volatile ChildServer server;

    /** What can happen. */
    enum Fault {
        KILL_SERVER,
        STOP_SERVER_IN_ORDER,
        PAUSE_SERVER,
        KILL_FFMPEG,
        PAUSE_FFMPEG,
        KILL_POSTGRES,
        KILL_BACKEND,
        KILL_REDIS,
        EMPTY_REDIS,
        CUT_UPLOAD,
        FILL_DISK
    }

    /** @param disk where {@code data} lies; null when it cannot be filled */
    Faults(Path data, SmallDisk disk, long seed) {
        this.data = data;
        this.disk = disk;
        this.random = new Random(seed);
        this.settings = Map.of(
                "RIVULET_HTTP_PORT", Integer.toString(TestServers.freePort()),
                "RIVULET_LEASE_DURATION", "3s",
                "RIVULET_LEASE_RENEW", "1s",
                "RIVULET_RECOVERY_INTERVAL", "1s",
                "RIVULET_SHUTDOWN_GRACE", "10s",
                "RIVULET_UPLOAD_MIN_FREE_BYTES", "64MiB");
        this.server = ChildServer.start(data, settings);
    }

    ChildServer server() {
        return server;
    }

    /** One more fault; returns when it is over, not when its consequences are. */
    void happen() {
        List<Fault> possible = new ArrayList<>(List.of(Fault.values()));
        if (disk == null) {
            possible.remove(Fault.FILL_DISK);
        }
        Fault fault = possible.get(random.nextInt(possible.size()));
        String what =
                switch (fault) {
                    case KILL_SERVER -> {
                        server.kill();
                        yield start();
                    }
                    case STOP_SERVER_IN_ORDER -> {
                        int exit = server.stop();
                        yield "exit " + exit + start();
                    }
                    case PAUSE_SERVER ->
                        pause(Optional.of(ProcessHandle.of(server.pid()).orElseThrow()));
                    case KILL_FFMPEG -> kill(one("/ffmpeg ", "-progress"));
                    case PAUSE_FFMPEG -> pause(one("/ffmpeg ", "-progress"));
                    case KILL_POSTGRES -> kill(postgres());
                    case KILL_BACKEND ->
                        kill(postgres().flatMap(main -> any(main.children().toList())));
                    case KILL_REDIS -> kill(one("redis-server"));
                    case EMPTY_REDIS -> emptyRedis();
                    case CUT_UPLOAD -> cutUpload();
                    case FILL_DISK -> {
                        disk.fill();
                        rest(LONGER_THAN_A_LEASE);
                        disk.free();
                        yield "";
                    }
                };
        told.add(fault + " " + what);
        System.out.println("chaos: " + fault + " " + what);
    }

    /** A pause of up to so many milliseconds. */
    void rest(int most) {
        rest(Duration.ofMillis(random.nextInt(most)));
    }

    /** A supervisor's duty: a server that has ended by itself is started again. */
    void keep() {
        if (ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
            told.add("the server had ended: " + tail(server.said()));
            System.out.println("chaos: " + told.get(told.size() - 1));
            start();
        }
    }

    List<String> told() {
        return told;
    }

    private String start() {
        server = ChildServer.start(data, settings);
        return " ready after " + server.startTime().toMillis() + " ms";
    }

    private String emptyRedis() {
        try {
            Path redis = data.resolve("redis");
            int port = Integer.parseInt(Files.readString(redis.resolve("port")).strip());
            try (RawClient client = new RawClient(port)) {
                client.write("AUTH " + Files.readString(redis.resolve("password")) + "\r\nFLUSHALL\r\n");
                return client.line() + " " + client.line();
            }
        } catch (IOException | RuntimeException away) {
            return "away: " + away;
        }
    }

    /** A client that goes away in the middle. */
    private String cutUpload() {
        int port = server.uri("/").getPort();
        String body = new Form().file("cut.mp4", "x".repeat(100_000)).body();
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: " + body.length());
            client.write(body.substring(0, random.nextInt(body.length())));
            return "at port " + port;
        } catch (RuntimeException away) {
            return "away: " + away;
        }
    }

    private Optional<ProcessHandle> postgres() {
        Path file = data.resolve("postgres");
        try (var all = Files.walk(file, 2)) {
            Path pid = all.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            return ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(pid).get(0).strip()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<ProcessHandle> one(String... words) {
        return any(DataProcesses.naming(data, words));
    }

    private Optional<ProcessHandle> any(List<ProcessHandle> processes) {
        return processes.isEmpty() ? Optional.empty() : Optional.of(processes.get(random.nextInt(processes.size())));
    }

    private static String kill(Optional<ProcessHandle> process) {
        return process.map(one -> "pid " + one.pid() + " " + one.destroyForcibly())
                .orElse("nobody there");
    }

    /** For longer than a lease; what comes back then comes late. */
    private String pause(Optional<ProcessHandle> process) {
        if (process.isEmpty()) {
            return "nobody there";
        }
        String pid = Long.toString(process.get().pid());
        signal("-STOP", pid);
        rest(LONGER_THAN_A_LEASE);
        signal("-CONT", pid);
        return "pid " + pid;
    }

    private static void signal(String name, String pid) {
        try {
            new ProcessBuilder("kill", name, pid).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The faults' own time, not a wait for anything. */
    private static void rest(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the server answers so; restarts it meanwhile when it ends. */
    void until(String what, Predicate<ChildServer> state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (true) {
            keep();
            try {
                if (state.test(server)) {
                    return;
                }
            } catch (AssertionError | RuntimeException unanswered) {
                if (System.nanoTime() > end) {
                    throw unanswered;
                }
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not come true; " + told + "; " + tail(server.said()));
            }
            rest(Duration.ofMillis(200));
        }
    }

    URI address(String path) {
        return server.uri(path);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 3000));
    }

    @Override
    public void close() {
        if (disk != null) {
            disk.free();
        }
        server.close();
    }
}
