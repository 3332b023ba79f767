package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore.Described;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row and the file of a video whose bytes are arriving by form: both become durable, or neither stays. */
final class UploadingVideo {
    /** Whose videos they are, as long as nobody signs in. */
    static final String USER = "local";

    private static final Logger LOG = LoggerFactory.getLogger(UploadingVideo.class);

    private final Ports ports;
    private final PartFiles files;
    private final Reception reception;
    private final VideoId id = VideoId.random();
    private final FileName name;
    private final FormFields fields;
    private final int priority;
    private final String title;
    private final @Nullable String description;
    private final UploadProgress progress;
    private final Future<AppendedFile> opened;
    private boolean over;
    private boolean told;

    /**
     * Writes the row and creates the file.
     *
     * @param fields those that came before the file; more may come
     * @param expected most bytes of the file, mostly exact; 0 when nothing is known
     */
    UploadingVideo(Vertx vertx, Ports ports, FileName name, FormFields fields, long expected) {
        this.ports = ports;
        this.files = new PartFiles(vertx, ports.folders());
        this.reception = new Reception(vertx, ports);
        this.name = name;
        this.fields = fields;
        this.priority = Objects.requireNonNullElse(fields.priority(), 0);
        this.title = Objects.requireNonNullElse(fields.title(), name.title());
        this.description = fields.description();
        this.progress = new UploadProgress(ports.bus(), id, expected);
        Path path = ports.folders().upload(id);
        NewVideo row = new NewVideo(id, title, description, name.text(), expected, priority, USER);
        this.opened =
                ports.videos().create(row).compose(created -> AppendedFile.create(vertx, path, 0, Long.MAX_VALUE));
        ports.news().filter(to -> expected > 0).ifPresent(to -> opened.onSuccess(file -> follow(file, to)));
    }

    /** Others may begin with what is on stable storage: all of the file may be there at {@code expected} at the latest. */
    private void follow(AppendedFile file, EarlyNews to) {
        file.follow(durable -> {
            if (!over) {
                told = true;
                to.arrived(id, durable)
                        .onFailure(failure ->
                                LOG.debug("video={} its arrival is not recorded: {}", id, failure.toString()));
            }
        });
    }

    VideoId id() {
        return id;
    }

    /** The file, once row and file are there. */
    Future<AppendedFile> opened() {
        return opened;
    }

    /** Writes to the open file, and tells the watchers now and then. */
    Future<Void> write(AppendedFile file, Buffer bytes) {
        Future<Void> writing = file.write(bytes);
        progress.moved(file.length());
        return writing;
    }

    /** All bytes have arrived: makes them durable, moves the video on and says so. */
    Future<Video> complete(AppendedFile file) {
        long size = file.length();
        return file.settle()
                .eventually(file::close)
                .compose(synced -> reception.complete(id, size, this::describe))
                .onSuccess(video -> ended());
    }

    /** Leaves nothing behind, be it later. */
    Future<Void> discard() {
        ended();
        return opened.compose(file -> file.close().eventually(() -> files.delete(id)))
                .otherwiseEmpty()
                .compose(gone -> reception.discard(id))
                .onComplete(gone -> stop());
    }

    /** What runs for it is of no use any more. */
    private void stop() {
        if (told) {
            ports.bus().event(Address.STOP_VIDEO, new StopVideo(id));
        }
    }

    private void ended() {
        over = true;
        ports.news().ifPresent(to -> to.end(id));
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
                        .onSuccess(described -> described
                                .flatMap(Described::update)
                                .ifPresent(update -> ports.bus().event(Address.EVENTS, id, update.body())))
                        .mapEmpty();
    }
}
