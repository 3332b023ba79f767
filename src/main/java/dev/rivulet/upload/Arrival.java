package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ImportStore;
import dev.rivulet.store.PendingImport;
import dev.rivulet.store.PendingImport.Arrived;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What has arrived of an import: on the disk, then in its row, then told. The row never speaks of bytes that the disk may
 * lose, nor of other bytes than those that lie there. Belongs to one event loop.
 */
final class Arrival {
    private final Vertx vertx;
    private final Ports ports;
    private final ImportStore store;
    private final Admission.Ticket ticket;
    private final VideoId id;
    private final Path path;
    private final SequentialFile file;
    private final Supplier<Duration> spent;
    private Arrived arrived;
    private boolean unwanted;
    private Future<?> order = Future.succeededFuture();

    private Arrival(
            Vertx vertx, Ports ports, Place place, SequentialFile file, PendingImport begun, Supplier<Duration> spent) {
        this.vertx = vertx;
        this.ports = ports;
        this.store = place.store();
        this.ticket = place.ticket();
        this.id = begun.video();
        this.path = ports.folders().upload(id);
        this.file = file;
        this.spent = spent;
        this.arrived = file.length() == begun.arrived().bytes() ? begun.arrived() : Arrived.NOTHING;
    }

    /**
     * Where it may arrive.
     *
     * @param limit most bytes of the file
     */
    record Place(ImportStore store, Admission.Ticket ticket, long limit) {}

    /** Opens the file as far as its row vouches for it. */
    static Future<Arrival> open(Vertx vertx, Ports ports, Place place, PendingImport begun, Supplier<Duration> spent) {
        return SequentialFile.open(
                        vertx,
                        ports.folders().upload(begun.video()),
                        begun.arrived().bytes(),
                        place.limit())
                .map(file -> new Arrival(vertx, ports, place, file, begun, spent));
    }

    Arrived arrived() {
        return arrived;
    }

    /** Whether its row was found to be gone: the video is deleted, or in another state. */
    boolean unwanted() {
        return unwanted;
    }

    /** Whether more came than is taken. */
    boolean tooLarge() {
        return file.over();
    }

    /** What has arrived is of no use. */
    void startOver() {
        arrived = Arrived.NOTHING;
    }

    /**
     * Makes ready for bytes of a file.
     *
     * @param from where they begin, at most what has arrived
     * @return where to write them; fails with a {@link dev.rivulet.bus.Fault} when there is no room for the rest
     */
    Future<WriteStream<Buffer>> accept(Arrived from) {
        return inOrder(() -> ticket.expect(Math.max(0, from.size() - from.bytes()))
                .compose(room -> record(from))
                .compose(recorded -> file.length() == from.bytes() ? Future.succeededFuture() : file.cut(from.bytes()))
                .map(ready -> file));
    }

    /** Makes durable, records and tells what has arrived by now. */
    Future<Void> settle() {
        return inOrder(() -> file.durable().compose(length -> {
            if (length <= arrived.bytes()) {
                return Future.succeededFuture();
            }
            ticket.wrote(length - arrived.bytes());
            return record(arrived.upTo(length)).onSuccess(recorded -> tell());
        }));
    }

    Future<Void> close() {
        return inOrder(file::close);
    }

    /** Removes what has arrived; repeatable. */
    Future<Void> delete() {
        return vertx.fileSystem().delete(path.toString()).otherwiseEmpty();
    }

    private Future<Void> record(Arrived now) {
        return store.record(id, now, spent.get()).compose(wanted -> {
            if (!wanted) {
                unwanted = true;
                return Future.failedFuture("nobody wants it any more");
            }
            arrived = now;
            return Future.succeededFuture();
        });
    }

    private void tell() {
        ports.bus()
                .command(
                        Address.PUBLISH_UPLOAD,
                        new UploadMoved(id, arrived.bytes(), Math.max(arrived.size(), arrived.bytes())));
    }

    /** One step after the other: a record that comes late must not speak of bytes that were cut off since. */
    private <T> Future<T> inOrder(Supplier<Future<T>> step) {
        Future<T> done = order.transform(before -> step.get());
        order = done;
        return done;
    }
}
