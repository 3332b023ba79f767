package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.testing.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGateTest {
    private static final long LEAST = 1000;
    private static Vertx vertx;

    @TempDir
    static Path work;

    private volatile Future<Long> free = Future.succeededFuture(5000L);
    private volatile int looks;
    private volatile long reserved;
    private volatile long clock = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final Room room = new Room(
            vertx,
            new WorkFolders(work),
            (MediaFiles) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {MediaFiles.class}, (files, method, words) -> {
                        looks++;
                        return free;
                    }),
            LEAST);
    private final DiskGate gate =
            new DiskGate(room, new RetryPolicy(3), () -> reserved, () -> clock, (pause, look) -> later.add(look));

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        Futures.await(vertx.close());
    }

    @Test
    void isOpenWhileThereIsRoom() {
        Futures.await(gate.open());
        assertThat(room.closed()).isFalse();
    }

    @Test
    void aLookHoldsGoodForASecond() {
        Futures.await(gate.open());
        assertThat(gate.open().succeeded()).isTrue();
        assertThat(looks).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        Futures.await(gate.open());
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void isClosedUntilThereIsRoomAgain() {
        free = Future.succeededFuture(LEAST - 1);
        Future<Void> opening = gate.open();
        assertThat(gate.open()).isSameAs(opening);
        stillClosed(opening);
        assertThat(room.closed()).isTrue();

        assertThat(gate.reopened()).isSameAs(opening);

        free = Future.succeededFuture(LEAST);
        lookAgain();
        Futures.await(opening);
        assertThat(room.closed()).isFalse();
        assertThat(gate.reopened().succeeded()).isTrue();
    }

    @Test
    void anIdleDiskIsLeftAlone() {
        assertThat(gate.reopened().succeeded()).isTrue();
        assertThat(looks).isZero();
    }

    @Test
    void isClosedWhileTheStoreCannotBeWritten() {
        free = Future.failedFuture(new IOException("read-only file system"));
        Future<Void> opening = gate.open();
        stillClosed(opening);

        free = Future.succeededFuture(LEAST);
        lookAgain();
        Futures.await(opening);
    }

    @Test
    void whatRunningTasksMayStillWriteIsKeptForThem() {
        Futures.await(gate.open());
        reserved = 4001;
        Future<Void> opening = gate.open();
        stillClosed(opening);
        assertThat(room.closed()).as("nothing is wrong").isFalse();

        reserved = 4000;
        lookAgain();
        Futures.await(opening);
    }

    /** As with a quota, whose end no free bytes tell: 30, 60, then 90 s, as for the tasks themselves. */
    @Test
    void staysClosedForAWhileAfterAWriteThatFoundNoRoomHoweverMuchIsFree() {
        for (int seconds : new int[] {30, 60, 90, 90}) {
            Futures.await(gate.open());
            room.notice(new IOException("write: Disk quota exceeded"));
            Future<Void> opening = gate.open();
            stillClosed(opening);
            assertThat(room.closed()).isTrue();
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            lookAgain();
            stillClosed(opening);
            pass(Duration.ofNanos(1));
            lookAgain();
            Futures.await(opening);
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(6));
        Futures.await(gate.open());
        room.notice(DiskFull.WORDS);
        Future<Void> opening = gate.open();
        stillClosed(opening);
        pass(Duration.ofSeconds(30));
        lookAgain();
        Futures.await(opening);
    }

    /** Several tasks fail when the disk is full: that is one event. */
    @Test
    void furtherFailuresWhileItIsClosedDoNotProlongIt() {
        Futures.await(gate.open());
        room.notice(DiskFull.WORDS);
        Future<Void> opening = gate.open();
        stillClosed(opening);
        pass(Duration.ofSeconds(20));
        room.notice(DiskFull.WORDS);
        lookAgain();
        stillClosed(opening);
        pass(Duration.ofSeconds(10));
        lookAgain();
        Futures.await(opening);
    }

    @Test
    void otherFailuresDoNotCloseIt() {
        Futures.await(gate.open());
        room.notice(new IOException("Input/output error"));
        room.notice("");
        assertThat(gate.open().succeeded()).isTrue();
    }

    @Test
    void failuresOfTheMediaFilesAreNoticed() {
        free = Future.failedFuture(new IOException(DiskFull.WORDS));
        assertThat(room.files().freeBytes().failed()).isTrue();
        assertThat(room.shortages()).isEqualTo(1);
    }

    private void stillClosed(Future<Void> opening) {
        Futures.until(() -> Future.succeededFuture(!later.isEmpty()));
        assertThat(opening.isComplete()).isFalse();
    }

    private void lookAgain() {
        later.remove().run();
    }

    private void pass(Duration time) {
        clock += time.toNanos();
    }
}
