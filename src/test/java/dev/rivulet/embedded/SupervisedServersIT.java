package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.config.Settings;
import dev.rivulet.testing.Looks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embedded servers whose processes are killed while we run. */
class SupervisedServersIT {
    private static final long PATIENCE_SECONDS = 60;

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
        Files.delete(dataDir.resolve("tools"));
    }

    @Test
    void aKilledPostgresComesBackAtItsPortWithItsRowsAsOftenAsItIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            Row.write(postgres.connection(), "one");
            for (int i = 0; i < 2; i++) {
                ProcessHandle killed = postmaster();
                killed.destroyForcibly();
                until(() -> !postmaster().equals(killed));
                until(() -> Row.read(postgres.connection()).equals("one"));
            }
        }
        assertThat(Leftovers.in(dataDir, dataDir.resolve("postgres/cluster"))).isEmpty();
        assertThat(dataDir.resolve("postgres/log")).content().contains("not properly shut down");
    }

    @Test
    void aKilledSessionTakesTheOthersAlongButNotTheServer() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            Row.write(postgres.connection(), "one");
            ProcessHandle server = postmaster();
            CompletableFuture<Void> session = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> Row.query(postgres.connection(), "select pg_sleep(100)"))
                            .isInstanceOf(SQLException.class));
            String its = "select pid from pg_stat_activity where query = 'select pg_sleep(100)'";
            until(() -> Row.query(postgres.connection(), its) != null);
            ProcessHandle.of(Long.parseLong(Row.query(postgres.connection(), its)))
                    .orElseThrow()
                    .destroyForcibly();
            session.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            until(() -> Row.read(postgres.connection()).equals("one"));
            assertThat(postmaster()).isEqualTo(server);
        }
    }

    @Test
    void aKilledRedisComesBackAtItsPort() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            Settings.Redis where = redis.connection();
            assertThat(Row.tell(where, "SET a 1")).isEqualTo("+OK");
            killRedis();
            until(() -> Row.tell(where, "PING").equals("+PONG"));
            killRedis();
            until(() -> Row.tell(where, "PING").equals("+PONG"));
            assertThat(redis.connection()).isEqualTo(where);
        }
        assertThat(Leftovers.in(dataDir, dataDir.resolve("redis"))).isEmpty();
    }

    @Test
    void aServerThatCannotBeStartedIsTriedAgainUntilItCan() throws Exception {
        Path settings = dataDir.resolve("postgres/cluster/postgresql.conf");
        Path log = dataDir.resolve("postgres/log");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            String right = Files.readString(settings);
            Files.writeString(settings, "shared_buffers = nonsense\n", StandardOpenOption.APPEND);
            postmaster().destroyForcibly();
            until(() -> Files.readString(log).split("nonsense").length > 2);

            Files.writeString(settings, right);
            until(() -> Row.query(postgres.connection(), "select 'up'").equals("up"));
        }
    }

    @Test
    void nothingIsStartedOnceItIsClosed() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
        EmbeddedRedis redis = EmbeddedRedis.start(dataDir);
        postmaster().destroyForcibly();
        killRedis();
        postgres.close();
        redis.close();
        assertThat(Leftovers.in(dataDir, dataDir.resolve("redis"))).isEmpty();
        assertThat(Leftovers.in(dataDir, dataDir.resolve("postgres/cluster"))).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !others.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("keeps ") && thread.isAlive());
    }

    /** As a power cut may leave it. */
    @Test
    void aQueueThatCannotBeReadIsGivenUp() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            assertThat(Row.tell(redis.connection(), "SET a 1")).isEqualTo("+OK");
        }
        Path data = dataDir.resolve("redis/appendonly.aof");
        Files.writeString(data, "x".repeat(100) + Files.readString(data));
        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            assertThat(Row.tell(redis.connection(), "GET a")).isEqualTo("$-1");
        }
        assertThat(data.resolveSibling("appendonly.aof.unreadable")).exists();
    }

    private ProcessHandle postmaster() throws IOException {
        Path file = dataDir.resolve("postgres/cluster/postmaster.pid");
        return Files.readAllLines(file).stream()
                .findFirst()
                .flatMap(number -> ProcessHandle.of(Long.parseLong(number)))
                .orElseThrow(() -> new IOException("not yet, or not any more"));
    }

    private void killRedis() throws IOException {
        List<ProcessHandle> processes = Leftovers.in(dataDir, dataDir.resolve("redis"));
        assertThat(processes).hasSize(1);
        processes.forEach(ProcessHandle::destroyForcibly);
        Leftovers.await(processes);
    }

    /** Asks again and again until the answer is yes; an answer that does not come is a no. */
    private static void until(Callable<Boolean> question) {
        Looks.until(PATIENCE_SECONDS, () -> answered(question), () -> "the state never came");
    }

    private static boolean answered(Callable<Boolean> question) {
        try {
            return question.call();
        } catch (IOException | SQLException e) {
            return false; // not yet
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
