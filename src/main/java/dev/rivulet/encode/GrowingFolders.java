package dev.rivulet.encode;

import dev.rivulet.media.Fragment;
import dev.rivulet.media.InitSegment;
import dev.rivulet.media.MalformedMediaException;
import dev.rivulet.media.Playlists;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the sound renditions grow and links what is ready into a folder of its own, from where it may be taken away
 * while the whole is still being made.
 */
final class GrowingFolders {
    /** Name of the folder, within the work folder, from which ready segments are taken. */
    static final String READY = "ready";

    private static final Logger LOG = LoggerFactory.getLogger(GrowingFolders.class);

    private final Path root;
    private final List<String> folders;
    private int ready;

    GrowingFolders(Path root, List<String> folders) {
        this.root = root;
        this.folders = List.copyOf(folders);
    }

    /** Names of the segments from {@code first} to before {@code end} in all renditions, with what they need. */
    static List<String> names(List<String> folders, int first, int end) {
        List<String> names = new ArrayList<>();
        for (String folder : folders) {
            if (first == 0 && end > 0) {
                names.add(folder + "/init.mp4");
            }
            for (int i = first; i < end; i++) {
                names.add(folder + "/" + Playlists.segmentName(i));
            }
        }
        return names;
    }

    /**
     * Number of segments, without a gap, that all renditions have ready. They appear by rename and are whole then, but on a
     * full disk.
     */
    synchronized int ready() {
        try {
            while (all(Playlists.segmentName(ready)) && all("init.mp4") && whole(Playlists.segmentName(ready))) {
                for (String name : names(folders, ready, ready + 1)) {
                    link(root, name);
                }
                ready++;
            }
        } catch (IOException e) {
            // Only the preview waits longer: the finished task stores everything.
            LOG.warn("folder={} cannot show segments early: {}", root, e.toString());
        }
        return ready;
    }

    /** Links a file of the work folder into what may be taken away; repeatable. */
    static void link(Path root, String name) throws IOException {
        Path link = root.resolve(READY).resolve(name);
        Files.createDirectories(link.getParent());
        try {
            Files.createLink(link, root.resolve(name));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is there already", link);
        } catch (UnsupportedOperationException e) {
            Files.copy(root.resolve(name), link);
        }
    }

    private boolean whole(String segment) throws IOException {
        try {
            for (String folder : folders) {
                Path place = root.resolve(folder);
                InitSegment init = InitSegment.parse(Files.readAllBytes(place.resolve("init.mp4")));
                Fragment.parse(Files.readAllBytes(place.resolve(segment)), init);
            }
            return true;
        } catch (MalformedMediaException e) {
            LOG.debug("folder={} {} is cut off: {}", root, segment, e.getMessage());
            return false;
        }
    }

    private boolean all(String name) {
        return folders.stream()
                .allMatch(folder -> Files.exists(root.resolve(folder).resolve(name)));
    }
}
