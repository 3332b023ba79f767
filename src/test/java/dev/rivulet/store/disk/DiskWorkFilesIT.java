package dev.rivulet.store.disk;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles;
import dev.rivulet.store.WorkFiles.Item;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWorkFilesIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Vertx vertx;

    @TempDir
    private Path work;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    @Test
    void itemsAreListedWithTheirNewestChangeAtAnyDepth() throws IOException {
        assertThat(await(files().list(10))).isEmpty();
        make("tasks/1-1-00000000/144p/seg_00000.m4s", "four", NOW.minusSeconds(60));
        make("tasks/1-1-00000000/log.txt", "three", NOW.minusSeconds(600));
        make("uploads/x.part", "two", NOW.minusSeconds(30));
        age("tasks/1-1-00000000/144p", NOW.minusSeconds(600));
        age("tasks/1-1-00000000", NOW.minusSeconds(600));

        assertThat(await(files().list(10)))
                .containsExactly(
                        new Item(WorkArea.TASKS, "1-1-00000000", new dev.rivulet.store.Extent(9, NOW.minusSeconds(60))),
                        new Item(WorkArea.UPLOADS, "x.part", new dev.rivulet.store.Extent(3, NOW.minusSeconds(30))));
        make("tasks/2-1-00000000/x", "x", NOW);
        assertThat(await(files().list(1))).extracting(Item::name).containsExactly("1-1-00000000", "x.part");
    }

    @Test
    void whatWasChangedSinceStays() throws IOException {
        Path file = make("join/a/b", "x", NOW);
        age("join/a", NOW.minus(Duration.ofHours(1)));
        assertThat(await(files().remove(WorkArea.JOIN, "a", NOW))).isFalse();
        assertThat(file).exists();
        assertThat(await(files().remove(WorkArea.JOIN, "a", NOW.plusSeconds(1))))
                .isTrue();
        assertThat(work.resolve("join")).isEmptyDirectory();
        assertThat(await(files().remove(WorkArea.JOIN, "a", NOW.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void nothingOutsideOfAnAreaIsRemoved() throws IOException {
        Path file = make("elsewhere/file", "x", NOW.minusSeconds(60));
        for (String name : new String[] {"../elsewhere", "..", "", "a/../../elsewhere/file"}) {
            assertThat(failure(files().remove(WorkArea.JOIN, name, NOW))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(file).exists();
    }

    private WorkFiles files() {
        return new DiskWorkFiles(vertx, new WorkFolders(work));
    }

    private Path make(String name, String content, Instant changed) throws IOException {
        Path file = work.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(changed));
        return file;
    }

    private void age(String name, Instant changed) throws IOException {
        Files.setLastModifiedTime(work.resolve(name), FileTime.from(changed));
    }
}
