package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of each upload is on stable storage, for those on this node who read it as it arrives. What is not known here, the
 * rows tell. For any thread; one per node.
 */
public final class Arrivals {
    private final Map<VideoId, Long> bytes = new HashMap<>();

    /**
     * More has arrived.
     *
     * @param arrived bytes from the beginning; a second part is there whole
     */
    public synchronized void moved(VideoId video, long arrived) {
        bytes.merge(video, arrived, Math::max);
        notifyAll();
    }

    /** Nothing more is to be known of it. */
    public synchronized void forget(VideoId video) {
        bytes.remove(video);
        notifyAll();
    }

    /**
     * Waits until more than {@code known} bytes have arrived, at most for {@code patience}. Blocks.
     *
     * @return how many it are, at least {@code known}
     * @throws InterruptedException when the thread is to end
     */
    public synchronized long await(VideoId video, long known, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        boolean followed = bytes.containsKey(video);
        while (bytes.getOrDefault(video, 0L) <= known && left > 0 && bytes.containsKey(video) == followed) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return Math.max(known, bytes.getOrDefault(video, 0L));
    }
}
