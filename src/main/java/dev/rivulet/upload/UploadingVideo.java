package dev.rivulet.upload;

import dev.rivulet.bus.Address;
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

/** The row and the file of a video whose bytes are arriving by form: both become durable, or neither stays. */
final class UploadingVideo {
    /** Whose videos they are, as long as nobody signs in. */
    static final String USER = "local";

    private final Ports ports;
    private final Reception reception;
    private final VideoId id = VideoId.random();
    private final FileName name;
    private final FormFields fields;
    private final int priority;
    private final String title;
    private final @Nullable String description;
    private final UploadProgress progress;
    private final Future<IncomingFile> opened;

    /**
     * Writes the row and creates the file.
     *
     * @param fields those that came before the file; more may come
     * @param expected size of the file as far as known, 0 when not
     */
    UploadingVideo(Vertx vertx, Ports ports, FileName name, FormFields fields, long expected) {
        this.ports = ports;
        this.reception = new Reception(vertx, ports);
        this.name = name;
        this.fields = fields;
        this.priority = Objects.requireNonNullElse(fields.priority(), 0);
        this.title = Objects.requireNonNullElse(fields.title(), name.title());
        this.description = fields.description();
        this.progress = new UploadProgress(ports.bus(), id, expected);
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
        progress.moved(file.written());
        return writing;
    }

    /** All bytes have arrived: makes them durable, moves the video on and says so. */
    Future<Video> complete(IncomingFile file) {
        long size = file.written();
        return file.finish().compose(synced -> reception.complete(id, size, this::describe));
    }

    /** Leaves nothing behind, be it later. */
    Future<Void> discard() {
        return opened.compose(IncomingFile::discard)
                .recover(neverOpened -> Future.succeededFuture())
                .compose(gone -> reception.discard(id));
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
