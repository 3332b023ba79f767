package dev.rivulet.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledTest {
    @TempDir
    Path root;

    private final List<String> synced = new ArrayList<>();

    @Test
    void theFoldersAboveAreSyncedTheFirstTimeOnly() throws IOException {
        Settled settled = settled();
        assertThat(synced(settled, "video/144p")).containsExactly("video/144p", "video", "");
        assertThat(synced(settled, "video/144p")).containsExactly("video/144p");
        assertThat(synced(settled, "video/240p")).containsExactly("video/240p", "video");
        assertThat(synced(settled, "other/240p")).containsExactly("other/240p", "other", "");
        assertThat(synced(settled, "video")).containsExactly("video");
        assertThat(synced(settled, "")).containsExactly("");
    }

    @Test
    void aFolderThatWasDeletedAndMadeAgainIsAnotherOne() throws IOException {
        Settled settled = settled();
        synced(settled, "video/144p");
        synced(settled, "other/144p");
        settled.forget(root.resolve("video"));
        assertThat(synced(settled, "video/144p")).containsExactly("video/144p", "video", "");
        assertThat(synced(settled, "other/144p")).containsExactly("other/144p");

        Files.move(root.resolve("other/144p"), root.resolve("other/aside"));
        assertThat(synced(settled, "other/144p")).containsExactly("other/144p", "other");
    }

    @Test
    void whatCouldNotBeSyncedIsTriedAgain() throws IOException {
        boolean[] broken = {true};
        Settled settled = new Settled(root, folder -> {
            if (broken[0] && folder.equals(root)) {
                throw new IOException("no");
            }
            synced.add(root.relativize(folder).toString());
        });
        assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                        IOException.class, () -> synced(settled, "video/144p")))
                .hasMessage("no");
        broken[0] = false;
        assertThat(synced(settled, "video/144p")).containsExactly("video/144p", "video", "");
    }

    private Settled settled() {
        return new Settled(root, folder -> synced.add(root.relativize(folder).toString()));
    }

    private List<String> synced(Settled settled, String folder) throws IOException {
        synced.clear();
        settled.settle(Files.createDirectories(root.resolve(folder)));
        return List.copyOf(synced);
    }
}
