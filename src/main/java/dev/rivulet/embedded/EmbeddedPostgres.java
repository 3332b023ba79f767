package dev.rivulet.embedded;

import dev.rivulet.config.Secret;
import dev.rivulet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, with its data in {@code <data.dir>/postgres}: on 127.0.0.1 only, with a password, with every
 * commit on disk before it is confirmed. Started again when it ends by itself, until it is closed. Blocking; to be used
 * under the {@link DataLock}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "rivulet";
    private static final String DATABASE = "postgres";

    private final PostgresCluster cluster;
    private final Supervision supervision;
    private final Settings.Postgres connection;

    private EmbeddedPostgres(PostgresCluster cluster, Settings.Postgres connection) {
        this.cluster = cluster;
        this.supervision = Supervision.of("embedded PostgreSQL", cluster);
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
            PostgresCluster cluster = new PostgresCluster(dataDir, folder, bin, PostgresUser.prefix(folder, bin));
            cluster.stopLeftovers();
            cluster.create(USER, password);
            int port = Kept.port(folder);
            cluster.start(port);
            Settings.Postgres connection = new Settings.Postgres(
                    "postgresql://127.0.0.1:" + port + "/" + DATABASE, USER, new Secret(Files.readString(password)));
            return new EmbeddedPostgres(cluster, connection);
        } catch (IOException e) {
            throw new StartException("embedded PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** How to reach it. */
    public Settings.Postgres connection() {
        return connection;
    }

    /** From now on it stays ended when it ends; does not wait. */
    void leaveAlone() {
        supervision.end();
    }

    /** Ends sessions, writes everything down, stops; well under a second, unless it was killed or is being started. */
    @Override
    public void close() {
        supervision.close();
        try {
            if (!cluster.isThere()) {
                cluster.awaitSessions();
                return;
            }
            Command.Result result = cluster.stop();
            if (result.exit() != 0) {
                LOG.warn("embedded PostgreSQL did not stop: {}", result.tail());
            }
        } catch (IOException e) {
            LOG.warn("embedded PostgreSQL did not stop: {}", e.getMessage());
        }
    }

    /** Asks it to end by itself once its clients are gone; does not wait. For a process that ends at once. */
    public void abandon() {
        supervision.end();
        cluster.abandon();
    }
}
