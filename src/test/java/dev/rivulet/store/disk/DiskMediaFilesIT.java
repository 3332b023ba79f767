package dev.rivulet.store.disk;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.MediaFilesContract;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskMediaFilesIT extends MediaFilesContract {
    private static final Path OTHER_DEVICE = Path.of("/dev/shm");

    private static Vertx vertx;

    @TempDir
    private Path data;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    private @Nullable MediaFiles files;

    @Override
    protected MediaFiles files() {
        if (files == null) {
            files = new DiskMediaFiles(vertx, data.resolve("media"));
        }
        return files;
    }

    @Test
    void nothingTemporaryIsLeft() throws IOException {
        await(files().write(video(), "144p/index.m3u8", Buffer.buffer("x")));
        await(files().freeBytes());
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all.filter(Files::isRegularFile))
                    .containsExactly(data.resolve("media/" + video() + "/144p/index.m3u8"));
        }
    }

    /** Every chunk brings its quality's initialization segment. */
    @Test
    void aSmallFileThatIsThereAsItIsStaysAndOneThatDiffersIsReplaced() throws IOException {
        List<String> init = List.of("144p/init.mp4");
        make("144p/init.mp4", "as ever");
        await(files().putAll(video(), work, init));
        Path stored = data.resolve("media/" + video() + "/144p/init.mp4");
        Object first = Files.readAttributes(stored, BasicFileAttributes.class).fileKey();
        Path again = make("144p/init.mp4", "as ever");
        await(files().putAll(video(), work, init));
        assertThat(again).doesNotExist();
        assertThat(Files.readAttributes(stored, BasicFileAttributes.class).fileKey())
                .isEqualTo(first);

        make("144p/init.mp4", "another");
        await(files().putAll(video(), work, init));
        assertThat(stored).hasContent("another");
    }

    @Test
    void filesComeFromAnotherDevice() throws IOException {
        assumeThat(OTHER_DEVICE).isDirectory();
        assumeThat(Files.getFileStore(OTHER_DEVICE)).isNotEqualTo(Files.getFileStore(data));
        Path folder = Files.createTempDirectory(OTHER_DEVICE, "rivulet");
        try {
            Files.writeString(folder.resolve("poster.webp"), "picture");
            assertThat(await(files().putAll(video(), folder, List.of("poster.webp"), closingAfter(2))))
                    .isFalse();
            assertThat(await(files().find(video(), "poster.webp"))).isEmpty();
            await(files().putAll(video(), folder, List.of("poster.webp")));
            await(files().putAll(video(), folder, List.of("poster.webp")));
            assertThat(text("poster.webp")).isEqualTo("picture");
            assertThat(folder).isEmptyDirectory();
        } finally {
            FileTree.delete(folder);
        }
    }

    /** A process may be stopped while it waits for the disk. */
    @Test
    void theFenceIsAskedWhenTheBytesAreOnTheDiskAndTheNameIsNext() throws IOException {
        Path late = make("poster.webp", "late");
        assertThat(await(files().putAll(video(), work, List.of("poster.webp"), closingAfter(1))))
                .isFalse();
        assertThat(await(files().write(video(), "poster.webp", Buffer.buffer("late"), closingAfter(1))))
                .isFalse();
        assertThat(await(files().find(video(), "poster.webp"))).isEmpty();
        assertThat(late).hasContent("late");
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static Fence closingAfter(int questions) {
        AtomicInteger left = new AtomicInteger(questions);
        return () -> left.getAndDecrement() > 0;
    }

    @Test
    void linksAreDeletedAndNotFollowed() throws IOException {
        await(files().write(video(), "144p/index.m3u8", Buffer.buffer("x")));
        Path outside = make("outside/precious", "kept");
        Path folder = data.resolve("media/" + video());
        Files.createSymbolicLink(folder.resolve("144p/link"), outside);
        Files.createSymbolicLink(folder.resolve("folder"), outside.getParent());

        assertThat(await(files().find(video(), "144p/link"))).isEmpty();
        await(files().deleteAll(video()));
        assertThat(outside).hasContent("kept");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aLinkIsNotTakenForAFile() throws IOException {
        Path outside = make("outside/precious", "kept");
        Files.createSymbolicLink(work.resolve("poster.webp"), outside);
        assertThat(failure(files().putAll(video(), work, List.of("poster.webp"))))
                .isInstanceOf(IOException.class);
        assertThat(outside).hasContent("kept");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAFailure() throws IOException {
        Path blocked = Files.writeString(data.resolve("file"), "no folder");
        MediaFiles files = new DiskMediaFiles(vertx, blocked.resolve("media"));
        assertThat(failure(files.freeBytes())).isInstanceOf(IOException.class);
    }
}
