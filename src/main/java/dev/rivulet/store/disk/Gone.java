package dev.rivulet.store.disk;

import dev.rivulet.job.VideoId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Keeps videos gone: who still writes for one that was deleted is refused, and one deletion waits for the writes that are
 * under way. Remembers the last ones only; the stages themselves find out that a video is gone, this closes the moment
 * between.
 */
final class Gone {
    private static final int REMEMBERED = 10_000;
    private static final int STRIPES = 64;

    private final Map<VideoId, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VideoId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final ReadWriteLock[] locks = IntStream.range(0, STRIPES)
            .mapToObj(stripe -> new ReentrantReadWriteLock())
            .toArray(ReadWriteLock[]::new);

    /** Writes files; tells whether it did. */
    interface Write {
        boolean run() throws IOException;
    }

    /** Removes files. */
    interface Removal {
        void run() throws IOException;
    }

    /** Writes for a video, unless it is gone. */
    boolean write(VideoId video, Write work) throws IOException {
        var lock = lock(video).readLock();
        lock.lock();
        try {
            if (contains(video)) {
                throw new IOException("video " + video + " was deleted");
            }
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes a video, once nobody writes for it. */
    void delete(VideoId video, Removal work) throws IOException {
        var lock = lock(video).writeLock();
        lock.lock();
        try {
            synchronized (ids) {
                ids.put(video, true);
            }
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean contains(VideoId video) {
        synchronized (ids) {
            return ids.containsKey(video);
        }
    }

    private ReadWriteLock lock(VideoId video) {
        return locks[Math.floorMod(video.hashCode(), STRIPES)];
    }
}
