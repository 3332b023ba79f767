package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.Outages;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row and the file of a video whose bytes are arriving: both become durable, or neither stays. */
final class UploadingVideo {
    private static final Logger LOG = LoggerFactory.getLogger(UploadingVideo.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TELL_EVERY = Duration.ofMillis(500);
    private static final String USER = "local";

    private final Vertx vertx;
    private final Ports ports;
    private final VideoId id = VideoId.random();
    private final FileName name;
    private final FormFields fields;
    private final long expected;
    private final int priority;
    private final String title;
    private final @Nullable String description;
    private final Future<IncomingFile> opened;
    private long toldAt = System.nanoTime();

    /**
     * Writes the row and creates the file.
     *
     * @param fields those that came before the file; more may come
     * @param expected size of the file as far as known, 0 when not
     */
    UploadingVideo(Vertx vertx, Ports ports, FileName name, FormFields fields, long expected) {
        this.vertx = vertx;
        this.ports = ports;
        this.name = name;
        this.fields = fields;
        this.expected = expected;
        this.priority = Objects.requireNonNullElse(fields.priority(), 0);
        this.title = Objects.requireNonNullElse(fields.title(), name.title());
        this.description = fields.description();
        Path path = ports.folders().upload(id);
        NewVideo row = new NewVideo(id, title, description, name.text(), expected, priority, USER);
        this.opened = ports.videos().create(row).compose(created -> IncomingFile.create(vertx, path));
    }

    VideoId id() {
        return id;
    }

    /** The file, once row and file are there. */
    Future<IncomingFile> opened() {
        return opened;
    }

    /** Writes to the open file, and tells the watchers now and then. */
    Future<Void> write(IncomingFile file, Buffer bytes) {
        Future<Void> writing = file.write(bytes);
        long now = System.nanoTime();
        if (now - toldAt >= TELL_EVERY.toNanos()) {
            toldAt = now;
            ports.bus()
                    .command(
                            Address.PUBLISH_UPLOAD,
                            new UploadMoved(id, file.written(), Math.max(expected, file.written())));
        }
        return writing;
    }

    /**
     * All bytes have arrived: makes them durable, moves the video on and says so. A database that is away for a moment is
     * waited for: much has been sent for this.
     */
    Future<Video> complete(IncomingFile file) {
        long size = file.written();
        return file.finish()
                .compose(synced -> ports.files().adoptSource(id, ports.folders().upload(id)))
                .compose(adopted -> patiently(this::describe))
                .compose(described -> patiently(() -> ports.videos().uploaded(id, size)))
                .compose(moved -> patiently(() -> ports.videos().find(id)))
                .map(found -> found.filter(UploadingVideo::accepted).orElseThrow(UploadingVideo::deleted))
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
    Future<Void> discard() {
        Future<Void> removed = opened.compose(IncomingFile::discard)
                .recover(neverOpened -> Future.succeededFuture())
                .compose(gone -> remove());
        removed.onFailure(away -> Outages.outlasted(this::remove, () -> pause(PAUSE))
                .onFailure(failure -> LOG.warn("video={} an upload that failed left something behind", id, failure)));
        return removed;
    }

    /** The row goes last: by it the rest would be found. That of a cancelled video stays, as its user was told. */
    private Future<Void> remove() {
        return ports.files()
                .deleteAll(id)
                .compose(gone -> ports.videos().discard(id))
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

    /** Fields that came behind the file. */
    private Future<Void> describe() {
        String latest = Objects.requireNonNullElse(fields.title(), name.title());
        int urgency = Objects.requireNonNullElse(fields.priority(), 0);
        Future<Void> prioritized =
                urgency == priority ? Future.succeededFuture() : ports.videos().prioritize(id, urgency);
        return latest.equals(title) && Objects.equals(fields.description(), description)
                ? prioritized
                : prioritized
                        .compose(done -> ports.videos().describe(id, latest, fields.description()))
                        .mapEmpty();
    }

    static Fault deleted() {
        return new Fault(409, "video_deleted", "The video was deleted or cancelled while it was being uploaded.");
    }
}
