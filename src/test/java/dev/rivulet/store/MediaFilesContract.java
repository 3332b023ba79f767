package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of media files owes its callers. */
public abstract class MediaFilesContract {
    private static final String SEGMENT = "144p/seg_00000.m4s";

    private final VideoId video = VideoId.random();

    @TempDir
    protected Path work;

    protected abstract MediaFiles files();

    @Test
    void localFilesMoveToTheirNames() throws IOException {
        make(SEGMENT, "one");
        make("144p/init.mp4", "head");
        make("audio-64k/seg_00000.m4s", "sound");
        await(files().putAll(video, work, List.of(SEGMENT, "144p/init.mp4", "audio-64k/seg_00000.m4s")));

        assertThat(text(SEGMENT)).isEqualTo("one");
        assertThat(text("144p/init.mp4")).isEqualTo("head");
        assertThat(text("audio-64k/seg_00000.m4s")).isEqualTo("sound");
        assertThat(work.resolve(SEGMENT)).doesNotExist();
        MediaFiles.StoredFile found = await(files().find(video, SEGMENT)).orElseThrow();
        assertThat(found.size()).isEqualTo(3);
        assertThat(found.path()).hasContent("one");
    }

    @Test
    void whatIsThereAlreadyIsReplaced() throws IOException {
        make(SEGMENT, "one");
        await(files().putAll(video, work, List.of(SEGMENT)));
        make(SEGMENT, "two");
        await(files().putAll(video, work, List.of(SEGMENT)));
        assertThat(text(SEGMENT)).isEqualTo("two");
    }

    @Test
    void aPutThatWasCutOffMayBeRepeated() throws IOException {
        make(SEGMENT, "one");
        await(files().putAll(video, work, List.of(SEGMENT)));
        make("144p/seg_00001.m4s", "two");
        await(files().putAll(video, work, List.of(SEGMENT, "144p/seg_00001.m4s")));
        assertThat(text(SEGMENT)).isEqualTo("one");
        assertThat(text("144p/seg_00001.m4s")).isEqualTo("two");
    }

    @Test
    void whatWasNeverMadeIsAFailure() {
        assertThat(failure(files().putAll(video, work, List.of(SEGMENT)))).isInstanceOf(IOException.class);
        assertThat(failure(files().read(video, SEGMENT))).isInstanceOf(IOException.class);
        assertThat(await(files().find(video, SEGMENT))).isEmpty();
    }

    @Test
    void aClosedFenceLetsNothingThrough() throws IOException {
        make(SEGMENT, "old");
        await(files().putAll(video, work, List.of(SEGMENT)));
        Path late = make(SEGMENT, "late");

        assertThat(await(files().putAll(video, work, List.of(SEGMENT), () -> false)))
                .isFalse();
        assertThat(await(files().write(video, SEGMENT, Buffer.buffer("late"), () -> false)))
                .isFalse();
        assertThat(text(SEGMENT)).isEqualTo("old");
        assertThat(late).hasContent("late");
        assertThat(await(files().write(VideoId.random(), SEGMENT, Buffer.buffer("late"), () -> false)))
                .isFalse();
    }

    @Test
    void aFenceIsAskedForEachFileAndTheRestMayFollowLater() throws IOException {
        List<String> names = List.of("144p/init.mp4", SEGMENT, "144p/seg_00001.m4s");
        for (String name : names) {
            make(name, name);
        }
        Fence closing = () -> Files.exists(work.resolve("144p/init.mp4"));

        assertThat(await(files().putAll(video, work, names, closing))).isFalse();
        assertThat(text("144p/init.mp4")).isEqualTo("144p/init.mp4");
        assertThat(await(files().find(video, SEGMENT))).isEmpty();

        assertThat(await(files().putAll(video, work, names, Fence.OPEN))).isTrue();
        assertThat(text("144p/seg_00001.m4s")).isEqualTo("144p/seg_00001.m4s");
        assertThat(work.resolve("144p")).isEmptyDirectory();
    }

    @Test
    void whatIsStoredIsListedInPagesByName() {
        assertThat(await(files().names("", 10))).isEmpty();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            VideoId id = VideoId.random();
            ids.add(id.toString());
            await(files().write(id, "144p/index.m3u8", Buffer.buffer("x")));
        }
        await(files().freeBytes());
        ids.sort(null);

        assertThat(await(files().names("", 10))).isEqualTo(ids);
        assertThat(await(files().names("", 2))).isEqualTo(ids.subList(0, 2));
        assertThat(await(files().names(ids.get(1), 2))).isEqualTo(ids.subList(2, 4));
        assertThat(await(files().names(ids.get(4), 2))).isEmpty();
    }

    @Test
    void theExtentOfAVideoIsItsBytesAndItsNewestChange() {
        Instant before = Instant.now().minusSeconds(2);
        assertThat(await(files().extent(video))).isEmpty();
        await(files().write(video, "144p/index.m3u8", Buffer.buffer("four")));
        await(files().write(video, "master.m3u8", Buffer.buffer("three")));

        Extent extent = await(files().extent(video)).orElseThrow();
        assertThat(extent.bytes()).isEqualTo(9);
        assertThat(extent.newest()).isAfter(before).isBefore(Instant.now().plusSeconds(2));
        await(files().deleteAll(video));
        assertThat(await(files().extent(video))).isEmpty();
    }

    @Test
    void whatIsThereHasASizeAndNothingElseHas() {
        await(files().write(video, "144p/index.m3u8", Buffer.buffer("xyz")));
        assertThat(await(files().sizes(video, List.of("master.m3u8", "144p/index.m3u8", "144p"))))
                .isEqualTo(Map.of("144p/index.m3u8", 3L));
        assertThat(await(files().sizes(VideoId.random(), List.of("master.m3u8"))))
                .isEmpty();
    }

    @Test
    void manyPutsAtOnceDoNotHinderEachOther() throws IOException {
        List<Future<Void>> puts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String name = "q" + i % 3 + "/seg_" + i + ".m4s";
            make(name, "segment " + i);
            puts.add(files().putAll(video, work, List.of(name)));
        }
        puts.forEach(dev.rivulet.testing.Futures::await);
        for (int i = 0; i < 30; i++) {
            assertThat(text("q" + i % 3 + "/seg_" + i + ".m4s")).isEqualTo("segment " + i);
        }
    }

    @Test
    void aSmallFileIsReplacedWhole() {
        String big = "x".repeat(200_000);
        await(files().write(video, "144p/index.m3u8", Buffer.buffer(big)));
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(files().write(video, "144p/index.m3u8", Buffer.buffer(i + big)));
            assertThat(text("144p/index.m3u8")).endsWith(big);
        }
        writes.forEach(dev.rivulet.testing.Futures::await);
        assertThat(text("144p/index.m3u8")).endsWith(big);
    }

    @Test
    void theUploadedFileBecomesTheSource() throws IOException {
        Path uploaded = make("upload.part", "bytes");
        await(files().adoptSource(video, uploaded));
        await(files().adoptSource(video, uploaded));
        assertThat(text(MediaFiles.SOURCE)).isEqualTo("bytes");
        assertThat(Path.of(files().input(video, MediaFiles.SOURCE)))
                .isAbsolute()
                .hasContent("bytes");
    }

    @Test
    void deletingTakesFilesAndFoldersAndMindsNothingMissing() {
        await(files().write(video, "144p/index.m3u8", Buffer.buffer("x")));
        await(files().write(video, "240p/index.m3u8", Buffer.buffer("x")));
        await(files().write(video, "240p/init.mp4", Buffer.buffer("x")));
        await(files().delete(video, List.of("144p/index.m3u8", "240p", "nothing")));
        await(files().delete(VideoId.random(), List.of("nothing")));
        assertThat(await(files().find(video, "144p/index.m3u8"))).isEmpty();
        assertThat(await(files().find(video, "240p/init.mp4"))).isEmpty();
    }

    @Test
    void everythingOfOneVideoGoesAndNothingElse() {
        VideoId other = VideoId.random();
        await(files().write(video, SEGMENT, Buffer.buffer("x")));
        await(files().write(other, SEGMENT, Buffer.buffer("y")));
        await(files().deleteAll(video));
        await(files().deleteAll(video));
        assertThat(await(files().find(video, SEGMENT))).isEmpty();
        assertThat(await(files().find(other, SEGMENT))).isPresent();
    }

    @Test
    void aDeletedVideoStaysDeletedHoweverLateSomebodyStores() {
        VideoId video = VideoId.random();
        List<Future<?>> late = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            late.add(files().write(video, "144p/seg_0000" + i % 10 + ".m4s", Buffer.buffer("x")));
        }
        Future<Void> deleted = files().deleteAll(video);
        for (int i = 0; i < 20; i++) {
            late.add(files().write(video, "144p/seg_0000" + i % 10 + ".m4s", Buffer.buffer("x")));
        }
        await(deleted);
        late.forEach(write -> await(write.otherwiseEmpty()));

        assertThat(failure(files().write(video, SEGMENT, Buffer.buffer("x")))).isNotNull();
        for (int i = 0; i < 10; i++) {
            assertThat(await(files().find(video, "144p/seg_0000" + i + ".m4s"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a//b",
                "a/",
                "/",
                "a/./b",
                "A.mp4",
                "a b",
                "a\\b",
                "a\0b",
                "ä.mp4",
                "144p/..",
                ".part",
                "144p/.part",
                "a\n",
                "..%2fx",
                "144p\u2215x"
            })
    void hostileNamesAreRefused(String name) throws IOException {
        Files.writeString(work.resolve("x"), "secret");
        assertThat(await(files().find(video, name))).isEmpty();
        assertThat(failure(files().read(video, name))).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(files().putAll(video, work, List.of(name)))).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(files().write(video, name, Buffer.buffer()))).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(files().delete(video, List.of(name)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderIsNoFile() {
        await(files().write(video, SEGMENT, Buffer.buffer("x")));
        assertThat(await(files().find(video, "144p"))).isEmpty();
    }

    @Test
    void freeBytesAreTold() {
        assertThat(await(files().freeBytes())).isPositive();
    }

    protected final VideoId video() {
        return video;
    }

    protected final Path make(String name, String text) throws IOException {
        Path file = work.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    protected final String text(String name) {
        return await(files().read(video, name)).toString();
    }
}
