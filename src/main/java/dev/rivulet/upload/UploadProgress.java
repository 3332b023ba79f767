package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.job.VideoId;
import java.time.Duration;

/** Tells the watchers of a video now and then how much of it has arrived. */
final class UploadProgress {
    private static final Duration TELL_EVERY = Duration.ofMillis(500);

    private final Bus bus;
    private final VideoId id;
    private final long expected;
    private long toldAt = System.nanoTime();

    /** @param expected bytes in all as far as known, 0 when not */
    UploadProgress(Bus bus, VideoId id, long expected) {
        this.bus = bus;
        this.id = id;
        this.expected = expected;
    }

    /** @param uploaded bytes so far */
    void moved(long uploaded) {
        long now = System.nanoTime();
        if (now - toldAt >= TELL_EVERY.toNanos()) {
            toldAt = now;
            bus.command(Address.PUBLISH_UPLOAD, new UploadMoved(id, uploaded, Math.max(expected, uploaded)));
        }
    }
}
