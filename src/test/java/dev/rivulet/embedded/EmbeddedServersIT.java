package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.config.Secret;
import dev.rivulet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {
    /** Unpacked once for all tests; a data folder of its own for each. */
    @TempDir
    static Path tools;

    @TempDir
    Path dataDir;

    @BeforeEach
    void shareTools() throws IOException {
        Files.createSymbolicLink(dataDir.resolve("tools"), tools);
    }

    @AfterEach
    void unshareTools() throws IOException {
        Files.deleteIfExists(dataDir.resolve("other/tools"));
        Files.delete(dataDir.resolve("tools"));
    }

    @Test
    void rowsSurviveARestartAndThePortIsKept() throws SQLException {
        Settings.Postgres first;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            first = postgres.connection();
            Row.write(first, "one");
        }
        long begin = System.nanoTime();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(postgres.connection()).isEqualTo(first);
            assertThat(Row.read(first)).isEqualTo("one");
        }
    }

    @Test
    void commitsAreOnDiskBeforeTheyAreConfirmed() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertThat(Row.query(postgres.connection(), "show fsync")).isEqualTo("on");
            assertThat(Row.query(postgres.connection(), "show synchronous_commit"))
                    .isEqualTo("on");
            assertThat(Row.query(postgres.connection(), "show listen_addresses"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void postgresAsksForThePassword() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            Settings.Postgres right = postgres.connection();
            Settings.Postgres wrong = new Settings.Postgres(right.url(), right.user(), new Secret("guess"));

            assertThatThrownBy(() -> Row.read(wrong)).hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(dataDir.resolve("postgres/password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void rowsSurviveTheKillingOfPostgres() throws Exception {
        EmbeddedPostgres killed = EmbeddedPostgres.start(dataDir);
        killed.leaveAlone();
        Row.write(killed.connection(), "one");
        kill(dataDir.resolve("postgres/cluster"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertThat(Row.read(postgres.connection())).isEqualTo("one");
        }
    }

    @Test
    void aProcessNumberThatIsSomebodyElsesIsNoObstacle() throws Exception {
        EmbeddedPostgres.start(dataDir).close();
        Path cluster = dataDir.resolve("postgres/cluster");
        Files.writeString(
                cluster.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + cluster + "\n1\n1\n\n127.0.0.1\n\nready\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertThat(Row.query(postgres.connection(), "select 'up'")).isEqualTo("up");
        }
    }

    @Test
    void anUnfinishedClusterIsMadeAnew() throws Exception {
        Path half = Files.createDirectories(dataDir.resolve("postgres/cluster.new"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertThat(Row.query(postgres.connection(), "select 'up'")).isEqualTo("up");
        }
    }

    @Test
    void redisKeepsWhatItConfirmedThroughRestartAndKilling() throws Exception {
        Settings.Redis first;
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            first = redis.connection();
            assertThat(Row.tell(first, "SET a 1")).isEqualTo("+OK");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            assertThat(redis.connection()).isEqualTo(first);
            assertThat(Row.tell(first, "INCR a")).isEqualTo(":2");
            kill(dataDir.resolve("redis"));
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            assertThat(Row.tell(redis.connection(), "GET a")).endsWith("2");
            assertThat(Row.tell(new Settings.Redis(first.url().replace("redis://:", "redis://:x")), "GET a"))
                    .contains("WRONGPASS");
        }
    }

    @Test
    void twoFoldersStandSideBySide() throws Exception {
        Path other = Files.createDirectories(dataDir.resolve("other"));
        Files.createSymbolicLink(other.resolve("tools"), tools);
        try (EmbeddedPostgres one = EmbeddedPostgres.start(dataDir);
                EmbeddedPostgres two = EmbeddedPostgres.start(other)) {
            Row.write(one.connection(), "one");
            Row.write(two.connection(), "two");
            assertThat(Row.read(one.connection())).isEqualTo("one");
        }
    }

    private void kill(Path folder) throws IOException {
        List<ProcessHandle> processes = Leftovers.in(dataDir, folder);
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
        Leftovers.await(processes);
    }
}
