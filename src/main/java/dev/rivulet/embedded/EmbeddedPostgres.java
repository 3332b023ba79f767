package dev.rivulet.embedded;

import dev.rivulet.config.Secret;
import dev.rivulet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, with its data in {@code <data.dir>/postgres}: on 127.0.0.1 only, with a password, with every
 * commit on disk before it is confirmed. Blocking; to be used under the {@link DataLock}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "rivulet";
    private static final String DATABASE = "postgres";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT = Map.of("TZ", "UTC", "LC_ALL", "C");

    private final List<String> prefix;
    private final Path bin;
    private final Path cluster;
    private final Settings.Postgres connection;

    private EmbeddedPostgres(List<String> prefix, Path bin, Path cluster, Settings.Postgres connection) {
        this.prefix = prefix;
        this.bin = bin;
        this.cluster = cluster;
        this.connection = connection;
    }

    /**
     * Starts the server, the first time after creating its data; stops one that a killed process left behind.
     *
     * @throws StartException when it cannot be started
     */
    public static EmbeddedPostgres start(Path dataDir) {
        try {
            Path folder = Files.createDirectories(dataDir.resolve("postgres"));
            Path bin = PostgresBinaries.unpacked(dataDir).resolve("bin");
            Path password = Kept.password(folder);
            Path cluster = folder.resolve("cluster");
            List<String> prefix = PostgresUser.prefix(folder, bin);
            stopLeftovers(dataDir, prefix, bin, cluster);
            if (!Files.exists(cluster)) {
                create(prefix, bin, cluster, password);
            }
            int port = Kept.port(folder);
            run(prefix, bin, cluster, port, folder.resolve("log"));
            Settings.Postgres connection = new Settings.Postgres(
                    "postgresql://127.0.0.1:" + port + "/" + DATABASE, USER, new Secret(Files.readString(password)));
            return new EmbeddedPostgres(prefix, bin, cluster, connection);
        } catch (IOException e) {
            throw new StartException("embedded PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** How to reach it. */
    public Settings.Postgres connection() {
        return connection;
    }

    /** Ends sessions, writes everything down, stops; well under a second. */
    @Override
    public void close() {
        try {
            Command.Result result = stop(prefix, bin, cluster);
            if (result.exit() != 0) {
                LOG.warn("embedded PostgreSQL did not stop: {}", result.tail());
            }
        } catch (IOException e) {
            LOG.warn("embedded PostgreSQL did not stop: {}", e.getMessage());
        }
    }

    private static void create(List<String> prefix, Path bin, Path cluster, Path password) throws IOException {
        Path fresh = cluster.resolveSibling("cluster.new");
        ToolFolder.delete(fresh);
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        Command.Result result = Command.run(words, ENVIRONMENT, LIMIT);
        if (result.exit() != 0) {
            throw new IOException("initdb failed: " + result.tail());
        }
        Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(List<String> prefix, Path bin, Path cluster, int port, Path log) throws IOException {
        Files.deleteIfExists(log);
        // No Unix socket: its path may hold no more than 107 characters, and a data folder's may be longer.
        String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories="
                + " -c fsync=on -c synchronous_commit=on -c timezone=UTC -c max_connections=100"
                + " -c shared_buffers=64MB -c log_min_messages=warning";
        // pg_ctl gives the server a session of its own, so that Ctrl-C reaches us and not the server.
        Command.Result result =
                ctl(prefix, bin, cluster, "start", "-w", "-t", "50", "-l", log.toString(), "-o", options);
        if (result.exit() != 0) {
            String said = Files.exists(log) ? new Command.Result(1, Files.readString(log)).tail() : "";
            throw new IOException("cannot start: " + (said.isEmpty() ? result.tail() : said));
        }
    }

    private static void stopLeftovers(Path dataDir, List<String> prefix, Path bin, Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        String number = Files.readString(file).lines().findFirst().orElse("").strip();
        Path command = Path.of("/proc", number, "cmdline");
        List<ProcessHandle> leftovers = Leftovers.in(dataDir, cluster);
        if (!number.matches("\\d+") || !Files.exists(command)) {
            Leftovers.await(leftovers); // sessions that outlived their server; it clears up the rest itself
            return;
        }
        // By its command, which everybody may read: in a container root may not see where a process of nobody works.
        Path tools = dataDir.resolve("tools");
        String words = Files.readString(command);
        if (words.startsWith(tools + "/") || words.startsWith(tools.toRealPath() + "/")) {
            LOG.info("stopping the PostgreSQL that an earlier process left running");
            stop(prefix, bin, cluster);
            Leftovers.await(leftovers);
        } else {
            // The number is somebody else's by now, at which PostgreSQL would refuse to start.
            Files.delete(file);
        }
    }

    private static Command.Result stop(List<String> prefix, Path bin, Path cluster) throws IOException {
        return ctl(prefix, bin, cluster, "stop", "-m", "fast", "-w", "-t", "10");
    }

    private static Command.Result ctl(List<String> prefix, Path bin, Path cluster, String... words) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(bin.resolve("pg_ctl").toString(), "-D", cluster.toString()));
        all.addAll(List.of(words));
        return Command.run(all, ENVIRONMENT, LIMIT);
    }
}
