package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a Redis.
 *
 * <p>One thread at a time starts and stops it, any may ask.
 */
final class RedisProcess implements Supervision.Supervised {
    private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);
    /** Redis's own name for it. */
    private static final String DATA = "appendonly.aof";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Path program;
    private final Path folder;
    private final int port;
    private final String password;
    private volatile @Nullable Process process;

    /** @param folder where its data, its configuration and its log lie */
    RedisProcess(Path program, Path folder, int port, String password) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.password = password;
    }

    Path log() {
        return folder.resolve("log");
    }

    Settings.Redis connection() {
        return new Settings.Redis("redis://:" + password + "@127.0.0.1:" + port);
    }

    @Override
    public boolean runs() {
        Process started = process;
        return started != null && started.isAlive();
    }

    /**
     * What an earlier process of it wrote stays in the log. Data that a power cut has left unreadable are put aside: what
     * they held comes again from PostgreSQL.
     */
    @Override
    public void start() throws IOException {
        Kept.keep(folder.resolve("redis.conf"), configuration());
        try {
            launch();
        } catch (UnreadableException e) {
            LOG.warn("embedded Redis: {}; it begins empty", e.getMessage());
            Path data = folder.resolve(DATA);
            Files.move(data, folder.resolve(DATA + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
            launch();
        }
    }

    private void launch() throws IOException {
        // A session of its own, so that Ctrl-C reaches us and not the server.
        Process started = new ProcessBuilder("setsid", program.toString(), "redis.conf")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        await(started);
    }

    void stop() {
        Process started = process;
        if (started == null) {
            return;
        }
        started.destroy();
        try {
            if (!started.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("embedded Redis did not stop within {} s, killed", STOP_LIMIT.toSeconds());
                started.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String configuration() {
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

    private void await(Process started) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try {
            while (!RedisPing.answers(port, password)) {
                if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
                    String said = new Command.Result(started.exitValue(), Files.readString(log())).tail();
                    throw said.contains("append only file")
                            ? new UnreadableException("cannot start: " + said)
                            : new IOException("cannot start: " + said);
                }
                if (System.nanoTime() - end > 0) {
                    started.destroyForcibly();
                    throw new IOException("no answer within " + START_LIMIT.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
