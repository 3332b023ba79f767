package dev.rivulet.embedded;

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

/** The data of a PostgreSQL and the process that serves them, as {@code pg_ctl} sees both. */
final class PostgresCluster implements Supervision.Supervised {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT = Map.of("TZ", "UTC", "LC_ALL", "C");

    private final Path dataDir;
    private final Path bin;
    private final List<String> prefix;
    private final Path cluster;
    private final Path log;
    /** What its sessions are called, beside others of the machine. */
    private final String name;

    private int port;
    private volatile long process;

    /**
     * @param folder with all that belongs to this server
     * @param bin where the programs are
     * @param prefix words before each of its commands
     */
    PostgresCluster(Path dataDir, Path folder, Path bin, List<String> prefix) throws IOException {
        this.dataDir = dataDir;
        this.bin = bin;
        this.prefix = List.copyOf(prefix);
        this.cluster = folder.resolve("cluster");
        this.log = folder.resolve("log");
        this.name = "rivulet-" + Integer.toHexString(folder.toRealPath().hashCode());
    }

    /** Creates the data, unless they are there. */
    void create(String user, Path password) throws IOException {
        if (Files.exists(cluster)) {
            return;
        }
        Path fresh = cluster.resolveSibling("cluster.new");
        ToolFolder.delete(fresh);
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + user,
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

    /** Starts it at a port that is used from now on, with a log of its own. */
    void start(int chosen) throws IOException {
        port = chosen;
        Files.deleteIfExists(log);
        run();
    }

    /** Starts it again where it was. What it wrote before it ended stays in the log. */
    @Override
    public void start() throws IOException {
        stopLeftovers();
        run();
    }

    /** By its command, which is empty once it has ended, even when nobody has taken notice of that. */
    @Override
    public boolean runs() {
        return process != 0 && ours(Leftovers.command(process));
    }

    /** The same, also of one whose start was broken off. */
    boolean isThere() throws IOException {
        long number = number();
        return runs() || (number != 0 && ours(Leftovers.command(number)));
    }

    private void run() throws IOException {
        // No Unix socket: its path may hold no more than 107 characters, and a data folder's may be longer.
        String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories="
                + " -c cluster_name=" + name
                + " -c fsync=on -c synchronous_commit=on -c timezone=UTC -c max_connections=100"
                + " -c shared_buffers=64MB -c log_min_messages=warning";
        // pg_ctl gives the server a session of its own, so that Ctrl-C reaches us and not the server.
        Command.Result result = ctl("start", "-w", "-t", "50", "-l", log.toString(), "-o", options);
        process = number();
        // After a crash with much to go through it answers later than pg_ctl waits: it is there, and not to be
        // disturbed.
        if (result.exit() != 0 && !runs()) {
            String said = Files.exists(log) ? new Command.Result(1, Files.readString(log)).tail() : "";
            throw new IOException("cannot start: " + (said.isEmpty() ? result.tail() : said));
        }
    }

    /** Stops what still serves these data: a server that a killed process left, or sessions that outlived theirs. */
    void stopLeftovers() throws IOException {
        long number = number();
        if (number == 0) {
            return;
        }
        List<ProcessHandle> sessions = sessions();
        if (ours(Leftovers.command(number))) {
            LOG.info("stopping the PostgreSQL that an earlier process left running");
            ProcessHandle.of(number).ifPresent(sessions::add);
            stop();
        }
        // While a session lives, this file is what keeps a second server from the memory that they share.
        Leftovers.await(sessions);
        // The number may be somebody else's by now, or of a dead process that nobody has taken notice of: PostgreSQL
        // would
        // take either for its own.
        Files.deleteIfExists(pidFile());
    }

    /** Waits for sessions that outlived their server, which end by themselves in a moment; by force those that do not. */
    void awaitSessions() throws IOException {
        Leftovers.await(sessions());
    }

    private List<ProcessHandle> sessions() throws IOException {
        List<ProcessHandle> sessions = new ArrayList<>(Leftovers.in(dataDir, cluster));
        sessions.addAll(Leftovers.called("postgres: " + name + ": "));
        return sessions;
    }

    /** Ends sessions, writes everything down. One that takes longer goes on with it by itself. */
    Command.Result stop() throws IOException {
        return ctl("stop", "-m", "fast", "-w", "-t", "5");
    }

    /** Asks it to end as soon as the last session has; does not wait. */
    void abandon() {
        if (runs()) {
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Number of the process that serves these data, 0 when none has said so. */
    private long number() throws IOException {
        String first = Files.exists(pidFile())
                ? Files.readString(pidFile()).lines().findFirst().orElse("").strip()
                : "";
        return first.matches("\\d{1,9}") ? Long.parseLong(first) : 0;
    }

    private Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }

    private boolean ours(String command) {
        Path tools = dataDir.resolve("tools");
        try {
            return command.startsWith(tools + "/") || command.startsWith(tools.toRealPath() + "/");
        } catch (IOException e) {
            return false; // no tools, no server of ours
        }
    }

    private Command.Result ctl(String... words) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(bin.resolve("pg_ctl").toString(), "-D", cluster.toString()));
        all.addAll(List.of(words));
        return Command.run(all, ENVIRONMENT, LIMIT);
    }
}
