package dev.rivulet.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the names in a folder on stable storage, and the first time those above it too: whoever made them may have been cut
 * off before it came to that. A folder that was made anew is another one. Blocks; for several threads.
 */
final class Settled {
    private static final int REMEMBERED = 10_000;

    private final Path root;
    private final Sync sync;
    private final Map<Path, Object> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Waits until the names in a folder are on stable storage. */
    interface Sync {
        void sync(Path folder) throws IOException;
    }

    /** @param root the highest folder that is looked after */
    Settled(Path root) {
        this(root, FileTree::sync);
    }

    Settled(Path root, Sync sync) {
        this.root = root;
        this.sync = sync;
    }

    /** What is below a folder is deleted: should it come again, it is not known. */
    void forget(Path folder) {
        synchronized (known) {
            known.keySet().removeIf(each -> each.startsWith(folder));
        }
    }

    /** Each sync waits for the disk: a chunk's files are in a folder three below the root, and there are many chunks. */
    void settle(Path folder) throws IOException {
        sync.sync(folder);
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        synchronized (known) {
            if (key != null && Objects.equals(known.get(folder), key)) {
                return;
            }
        }
        if (!folder.equals(root)) {
            settle(Objects.requireNonNull(folder.getParent()));
        }
        if (key != null) {
            synchronized (known) {
                known.put(folder, key);
            }
        }
    }
}
