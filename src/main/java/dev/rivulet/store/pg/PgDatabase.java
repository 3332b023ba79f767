package dev.rivulet.store.pg;

import dev.rivulet.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * A PostgreSQL database by its URL.
 *
 * @param url {@code postgres://user:password@host:port/database}, also {@code postgresql://}; user and password are
 *     percent-encoded
 */
public record PgDatabase(String url) {
    private static final int PATIENCE_SECONDS = 10;

    /** @throws IllegalArgumentException when the URL cannot be read; the message does not repeat it */
    public PgDatabase {
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException("a PostgreSQL URL begins with postgres:// or postgresql://");
        }
        options(url);
    }

    /** The database of the settings; user and password may stand in its URL or beside it. */
    public static PgDatabase of(Settings.Postgres postgres) {
        if (postgres.user().isEmpty()) {
            return new PgDatabase(postgres.url());
        }
        String userInfo =
                encoded(postgres.user()) + ":" + encoded(postgres.password().value()) + "@";
        return new PgDatabase(postgres.url().replaceFirst("://([^/@]*@)?", "://" + Matcher.quoteReplacement(userInfo)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Brings the tables to this version of the program. Blocks; nodes that start together wait for each other.
     *
     * @throws IllegalStateException when the database cannot be reached or changed; the message is one line
     */
    public void migrate() {
        PgConnectOptions options = options(url);
        String jdbc = "jdbc:postgresql://%s:%d/%s?connectTimeout=%d&sslmode=%s"
                .formatted(
                        options.getHost(),
                        options.getPort(),
                        options.getDatabase(),
                        PATIENCE_SECONDS,
                        options.getSslMode().value);
        try {
            Flyway.configure()
                    .dataSource(jdbc, options.getUser(), options.getPassword())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(reason(e), e);
        }
    }

    /** Flyway says much and the driver what it was. */
    private static String reason(FlywayException failure) {
        Throwable said = failure;
        while (!(said instanceof SQLException) && said.getCause() != null) {
            said = said.getCause();
        }
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /**
     * Opens a pool; connections are made as they are needed. One statement at a time is under way on each: a slow one
     * holds up nobody else's.
     *
     * @param size connections at most
     */
    public Pool pool(Vertx vertx, int size) {
        PgConnectOptions connect = options(url).setPipeliningLimit(1).setCachePreparedStatements(true);
        // We may be stopped in the middle of a transaction; others wait for the rows that it holds.
        connect.addProperty("idle_in_transaction_session_timeout", PATIENCE_SECONDS + "s");
        PoolOptions pool = new PoolOptions()
                .setMaxSize(size)
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        // A server that vanished without a word is found out by the silence on its connections.
        NetClientOptions network = new NetClientOptions()
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                .setTcpKeepAlive(true)
                .setTcpUserTimeout((int) TimeUnit.SECONDS.toMillis(2 * PATIENCE_SECONDS));
        return PgBuilder.pool()
                .with(pool)
                .with(network)
                .connectingTo(connect)
                .using(vertx)
                .build();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        PgConnectOptions options = options(url);
        return "postgres://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase());
    }

    private static PgConnectOptions options(String url) {
        try {
            return PgConnectOptions.fromUri(url);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not postgres://user:password@host:port/database");
        }
    }
}
