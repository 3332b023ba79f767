package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Outages;
import dev.rivulet.store.Video;
import dev.rivulet.web.Deletion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every upload ends, however its bytes came: as a video that is worked on, or as nothing. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Ports ports;

    Reception(Vertx vertx, Ports ports) {
        this.vertx = vertx;
        this.ports = ports;
    }

    /**
     * All bytes are durable: moves the video on and says so; repeatable. A database that is away for a moment is waited
     * for: much has been sent for this.
     *
     * @param describe what is still to be written about the video
     */
    Future<Video> complete(VideoId id, long size, Supplier<Future<Void>> describe) {
        return ports.files()
                .adoptSource(id, ports.folders().upload(id))
                .compose(adopted -> patiently(describe))
                .compose(described -> patiently(() -> ports.videos().uploaded(id, size)))
                .compose(moved -> patiently(() -> ports.videos().find(id)))
                .map(found -> found.filter(Reception::accepted).orElseThrow(Reception::deleted))
                .onSuccess(video -> ports.bus().command(Address.SEGMENT_VIDEO, new SegmentVideo(id)));
    }

    /** By the row and not by whether we moved it: the answer to that may have been lost, and the move repeated in vain. */
    private static boolean accepted(Video video) {
        return video.status() != VideoStatus.UPLOADING && video.status() != VideoStatus.CANCELLED;
    }

    /**
     * Leaves nothing behind. What cannot be removed now, because the database is away, is removed when it is back; should
     * this process end before, then by the next one of this node.
     */
    Future<Void> discard(VideoId id) {
        Future<Void> removed = remove(id);
        removed.onFailure(away -> Outages.outlasted(() -> remove(id), () -> pause(PAUSE))
                .onFailure(failure -> LOG.warn("video={} an upload that failed left something behind", id, failure)));
        return removed;
    }

    /** The row goes last: by it the rest would be found. That of a cancelled video stays, as its user was told. */
    private Future<Void> remove(VideoId id) {
        return ports.files()
                .deleteAll(id)
                .compose(gone -> ports.videos().discard(id))
                .onSuccess(discarded -> {
                    if (discarded) {
                        Deletion.tell(ports.videos(), ports.bus(), id);
                    }
                })
                .mapEmpty();
    }

    private <T> Future<T> patiently(Supplier<Future<T>> call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return Outages.outlasted(
                call,
                () -> System.nanoTime() - end < 0
                        ? pause(PAUSE)
                        : Future.failedFuture("it has been away for too long"));
    }

    private Future<Void> pause(Duration length) {
        return vertx.timer(length.toMillis()).mapEmpty();
    }

    static Fault deleted() {
        return new Fault(409, "video_deleted", "The video was deleted or cancelled while it was being uploaded.");
    }
}
