package dev.rivulet.encode;

import dev.rivulet.media.Playlists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts the segments that every sound rendition has ready while they are being made. */
final class GrowingFolders {
    private final Path root;
    private final List<String> folders;
    private int ready;

    GrowingFolders(Path root, List<String> folders) {
        this.root = root;
        this.folders = List.copyOf(folders);
    }

    /** Number of segments, without a gap, in all folders. They appear there whole, by rename. */
    synchronized int ready() {
        while (all(Playlists.segmentName(ready)) && all("init.mp4")) {
            ready++;
        }
        return ready;
    }

    private boolean all(String name) {
        return folders.stream().allMatch(folder -> Files.exists(root.resolve(folder).resolve(name)));
    }
}
