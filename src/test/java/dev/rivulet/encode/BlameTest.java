package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.testing.Futures;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlameTest {
    private static Vertx vertx;

    @TempDir
    static Path folder;

    private final Room room = new Room(
            vertx,
            new WorkFolders(folder),
            (MediaFiles) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {MediaFiles.class}, (files, method, words) -> null),
            0);
    private final Blame blame = new Blame(room, folder);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        Futures.await(vertx.close());
    }

    /** Its log was on the full disk, or its muxer minds nothing. */
    @ParameterizedTest
    @CsvSource({
        "TOOL, STORAGE",
        "INPUT, STORAGE",
        "TIMEOUT, TIMEOUT",
        "SEAM, SEAM",
        "MEMORY, MEMORY",
        "LOST, LOST",
        "STORAGE, STORAGE"
    })
    void whatFailedWhileTheDiskWasFullIsNotHeldAgainstTheTask(FailureKind kind, FailureKind told) {
        room.notice(new IOException(DiskFull.WORDS));
        TaskFailure failure = blame.of(new TaskFailure(kind, "segment 3 is cut off", "log"));
        assertThat(failure.kind()).isEqualTo(told);
        assertThat(failure.reason()).contains("segment 3 is cut off");
        assertThat(failure.log()).isEqualTo("log");
        assertThat(room.shortages()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"TOOL", "INPUT"})
    void withoutAShortageTheToolOrTheSourceIsToBlame(FailureKind kind) {
        TaskFailure failure = new TaskFailure(kind, "ffmpeg ended with status 1", "");
        assertThat(blame.of(failure)).isSameAs(failure);
        assertThat(room.shortages()).isZero();
    }

    @Test
    void aShortageBeforeTheAttemptIsNoExcuse() {
        room.notice(DiskFull.WORDS);
        TaskFailure failure = new TaskFailure(FailureKind.TOOL, "ffmpeg ended with status 1", "");
        assertThat(new Blame(room, folder).of(failure)).isSameAs(failure);
    }

    @Test
    void aFullDiskIsNoticedAndOtherTroubleOfTheStoreIsNot() {
        blame.of(new TaskFailure(FailureKind.STORAGE, "ffmpeg ended on a full disk: " + DiskFull.WORDS, ""));
        assertThat(room.shortages()).isEqualTo(1);
        blame.of(new TaskFailure(FailureKind.STORAGE, "storing the files: connection reset", ""));
        assertThat(room.shortages()).isEqualTo(1);
        assertThat(blame.of(new IOException("x: " + DiskFull.WORDS)).kind()).isEqualTo(FailureKind.STORAGE);
        assertThat(room.shortages()).isEqualTo(2);
        assertThat(blame.of(new IOException("init.mp4")).kind()).isEqualTo(FailureKind.STORAGE);
        assertThat(room.shortages()).isEqualTo(2);
    }
}
