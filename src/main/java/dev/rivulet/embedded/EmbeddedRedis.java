package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own, with its data in {@code <data.dir>/redis}: on 127.0.0.1 only, with a password, every write in an
 * append-only file. Blocking; to be used under the {@link DataLock}.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String BINARY = "/redis-server-6.2.6-v5-linux-amd64";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final Settings.Redis connection;

    private EmbeddedRedis(Process process, Settings.Redis connection) {
        this.process = process;
        this.connection = connection;
    }

    /**
     * Starts the server; stops one that a killed process left behind.
     *
     * @throws StartException when it cannot be started
     */
    public static EmbeddedRedis start(Path dataDir) {
        try {
            Path folder = Files.createDirectories(dataDir.resolve("redis"));
            Path program = unpacked(dataDir);
            List<ProcessHandle> leftovers = Leftovers.in(dataDir, folder);
            if (!leftovers.isEmpty()) {
                LOG.info("stopping the Redis that an earlier process left running");
                leftovers.forEach(ProcessHandle::destroy);
                Leftovers.await(leftovers);
            }
            String password = Files.readString(Kept.password(folder));
            int port = Kept.port(folder);
            Path log = folder.resolve("log");
            Files.deleteIfExists(log);
            Kept.keep(folder.resolve("redis.conf"), configuration(port, password));
            // A session of its own, so that Ctrl-C reaches us and not the server.
            Process process = new ProcessBuilder("setsid", program.toString(), "redis.conf")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            await(process, port, password, log);
            return new EmbeddedRedis(process, new Settings.Redis("redis://:" + password + "@127.0.0.1:" + port));
        } catch (IOException e) {
            throw new StartException("embedded Redis: " + e.getMessage(), e);
        }
    }

    /** How to reach it. */
    public Settings.Redis connection() {
        return connection;
    }

    /** Writes everything down and stops; well under a second. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("embedded Redis did not stop within {} s, killed", STOP_LIMIT.toSeconds());
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(int port, String password) {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "dir .",
                "save \"\"",
                "appendonly yes",
                "appendfsync everysec",
                "aof-load-truncated yes",
                "maxmemory-policy noeviction",
                "logfile \"\"",
                "loglevel warning",
                "");
    }

    private static void await(Process process, int port, String password, Path log) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try {
            while (!RedisPing.answers(port, password)) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    String said = new Command.Result(process.exitValue(), Files.readString(log)).tail();
                    throw new IOException("cannot start: " + said);
                }
                if (System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IOException("no answer within " + START_LIMIT.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Path unpacked(Path dataDir) throws IOException {
        URL binary = EmbeddedRedis.class.getResource(BINARY);
        if (binary == null) {
            throw new StartException("no Redis for this machine in the program; set redis.url");
        }
        String name = ToolFolder.jarName(binary).replaceFirst("^embedded-", "");
        return ToolFolder.of(dataDir, name, folder -> {
                    Path program = folder.resolve("redis-server");
                    try (InputStream in = binary.openStream()) {
                        Files.copy(in, program);
                    }
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }
}
