package dev.rivulet.testing;

import dev.rivulet.config.Settings;
import dev.rivulet.embedded.EmbeddedPostgres;
import dev.rivulet.store.pg.PgDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/** The real servers, for tests: one PostgreSQL for all of a JVM, with as many databases as wanted; Redis by the piece. */
public final class TestServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    private static final class Postgres {
        static final Settings.Postgres SERVER = start();

        private static Settings.Postgres start() {
            try {
                Path folder = Files.createTempDirectory("rivulet-postgres");
                FirstStart.into(folder);
                EmbeddedPostgres server = EmbeddedPostgres.start(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    Scratch.delete(folder);
                }));
                return server.connection();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new, migrated, empty database; the server ends with the JVM. */
    public static PgDatabase database() {
        String name = "rivulet_" + DATABASES.incrementAndGet();
        Settings.Postgres server = Postgres.SERVER;
        String password = server.password().value();
        try (Connection connection = DriverManager.getConnection(
                        server.url().replace("postgresql:", "jdbc:postgresql:"), server.user(), password);
                Statement statement = connection.createStatement()) {
            // The one that it comes with has the tables.
            statement.execute("CREATE DATABASE " + name + " TEMPLATE postgres");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        URI address = URI.create(server.url());
        return new PgDatabase("postgresql://%s:%s@%s/%s"
                .formatted(
                        server.user(),
                        URLEncoder.encode(password, StandardCharsets.UTF_8),
                        address.getAuthority(),
                        name));
    }

    /** A started, empty Redis at a port; its owner stops it. */
    public static RedisServer redis(int port, String... settings) {
        try {
            Path folder = Scratch.folder("rivulet-redis");
            var builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("dir " + folder)
                    .setting("save \"\"");
            for (String setting : settings) {
                builder.setting(setting);
            }
            RedisServer server = builder.build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
