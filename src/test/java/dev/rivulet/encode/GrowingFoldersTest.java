package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFoldersTest {
    private static final List<String> FOLDERS = List.of("audio-48k", "audio-64k");

    @TempDir
    private Path root;

    @Test
    void namesWhatIsNeededForSegments() {
        assertThat(GrowingFolders.names(FOLDERS, 0, 2))
                .containsExactly(
                        "audio-48k/init.mp4",
                        "audio-48k/seg_00000.m4s",
                        "audio-48k/seg_00001.m4s",
                        "audio-64k/init.mp4",
                        "audio-64k/seg_00000.m4s",
                        "audio-64k/seg_00001.m4s");
        assertThat(GrowingFolders.names(FOLDERS, 2, 3))
                .containsExactly("audio-48k/seg_00002.m4s", "audio-64k/seg_00002.m4s");
        assertThat(GrowingFolders.names(FOLDERS, 0, 0)).isEmpty();
        assertThat(GrowingFolders.names(List.of(), 0, 5)).isEmpty();
    }

    @Test
    void aSegmentIsReadyWhenEveryRenditionHasIt() throws IOException {
        GrowingFolders growth = new GrowingFolders(root, FOLDERS);

        assertThat(growth.ready()).isZero();
        make("audio-48k/init.mp4", "audio-48k/seg_00000.m4s", "audio-64k/init.mp4");
        assertThat(growth.ready()).isZero();
        make("audio-64k/seg_00000.m4s");
        assertThat(growth.ready()).isEqualTo(1);
        make("audio-48k/seg_00001.m4s", "audio-64k/seg_00001.m4s", "audio-48k/seg_00002.m4s");
        assertThat(growth.ready()).isEqualTo(2);
        assertThat(growth.ready()).isEqualTo(2);
    }

    @Test
    void aGapIsWaitedFor() throws IOException {
        GrowingFolders growth = new GrowingFolders(root, FOLDERS.subList(0, 1));
        make("audio-48k/init.mp4", "audio-48k/seg_00001.m4s", "audio-48k/seg_00002.m4s");

        assertThat(growth.ready()).isZero();
        make("audio-48k/seg_00000.m4s");
        assertThat(growth.ready()).isEqualTo(3);
    }

    @Test
    void withoutTheInitializationSegmentNothingIsReady() throws IOException {
        GrowingFolders growth = new GrowingFolders(root, FOLDERS.subList(0, 1));
        make("audio-48k/seg_00000.m4s");

        assertThat(growth.ready()).isZero();
    }

    @Test
    void whatIsReadyMayBeTakenAwayAndTheWholeStays() throws IOException {
        GrowingFolders growth = new GrowingFolders(root, FOLDERS.subList(0, 1));
        make("audio-48k/init.mp4", "audio-48k/seg_00000.m4s");

        assertThat(growth.ready()).isEqualTo(1);
        for (String name : GrowingFolders.names(FOLDERS.subList(0, 1), 0, 1)) {
            Path ready = root.resolve(GrowingFolders.READY).resolve(name);
            assertThat(ready).hasBinaryContent(content(name));
            Files.delete(ready);
            assertThat(root.resolve(name)).hasBinaryContent(content(name));
        }
    }

    @Test
    void whatIsLinkedAlreadyIsNoError() throws IOException {
        make("audio-48k/init.mp4", "audio-48k/seg_00000.m4s");
        new GrowingFolders(root, FOLDERS.subList(0, 1)).ready();

        assertThat(new GrowingFolders(root, FOLDERS.subList(0, 1)).ready()).isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeMadeOnlyDelaysThePreview() throws IOException {
        make("audio-48k/init.mp4", "audio-48k/seg_00000.m4s");
        Files.writeString(root.resolve(GrowingFolders.READY), "in the way");

        assertThat(new GrowingFolders(root, FOLDERS.subList(0, 1)).ready()).isZero();
    }

    /** As a full disk leaves it: the muxer does not mind. */
    @Test
    void whatIsCutOffIsNotShown() throws IOException {
        GrowingFolders growth = new GrowingFolders(root, FOLDERS.subList(0, 1));
        make("audio-48k/init.mp4", "audio-48k/seg_00000.m4s", "audio-48k/seg_00001.m4s", "audio-48k/seg_00002.m4s");
        byte[] segment = content("audio-48k/seg_00001.m4s");
        for (int length : new int[] {0, 100, segment.length - 1}) {
            Files.write(root.resolve("audio-48k/seg_00001.m4s"), Arrays.copyOf(segment, length));
            assertThat(growth.ready()).isEqualTo(1);
        }
        make("audio-48k/seg_00001.m4s");
        assertThat(growth.ready()).isEqualTo(3);
    }

    private void make(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.write(root.resolve(name), content(name));
        }
    }

    private static byte[] content(String name) {
        return Golden.bytes("fragments/sound/" + (name.endsWith("init.mp4") ? "init.mp4" : "seg_00000.m4s"));
    }
}
