package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.Done;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.job.UnavailableException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has arrived of an import: on the disk, then in its row, then told. The row never speaks of bytes that the disk may
 * lose, nor of other bytes than those that lie there; and a byte that others were told of changes only when nothing is left
 * of what they made of it. Belongs to one event loop.
 */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
    /** In which what was made of a file is given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private static final long TELL_EVERY = Duration.ofSeconds(1).toNanos();

    private final Vertx vertx;
    private final Ports ports;
    private final Place place;
    private final VideoId id;
    private final Path path;
    private final Supplier<Duration> spent;
    private AppendedFile file;
    private Arrived arrived;
    private boolean ready;
    private boolean early;
    private boolean unwanted;
    private long said;
    private long saidAt = System.nanoTime() - TELL_EVERY;
    private Future<?> order = Future.succeededFuture();

    private Arrival(
            Vertx vertx, Ports ports, Place place, AppendedFile file, PendingImport begun, Supplier<Duration> spent) {
        this.vertx = vertx;
        this.ports = ports;
        this.place = place;
        this.id = begun.video();
        this.path = ports.folders().upload(id);
        this.file = file;
        this.spent = spent;
        this.early = begun.told();
        this.ready = file.length() == begun.arrived().bytes();
        this.arrived = ready ? begun.arrived() : Arrived.NOTHING;
    }

    /**
     * Where it may arrive.
     *
     * @param limit most bytes of the file
     */
    record Place(ImportStore store, Admission.Ticket ticket, long limit) {}

    /** Opens the file as far as its row vouches for it. */
    static Future<Arrival> open(Vertx vertx, Ports ports, Place place, PendingImport begun, Supplier<Duration> spent) {
        return AppendedFile.create(
                        vertx,
                        ports.folders().upload(begun.video()),
                        begun.arrived().bytes(),
                        place.limit())
                .map(file -> new Arrival(vertx, ports, place, file, begun, spent))
                .onSuccess(arrival -> arrival.inOrder(arrival::news));
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
        ready = false;
    }

    /**
     * Makes ready for bytes of a file.
     *
     * @param from where they begin: at what has arrived, or at 0
     * @return where to write them; fails with a {@link dev.rivulet.bus.Fault} when there is no room for the rest
     */
    Future<WriteStream<Buffer>> accept(Arrived from) {
        return inOrder(() -> {
            ready = false;
            return place.ticket()
                    .expect(Math.max(0, from.size() - from.bytes()))
                    .compose(room -> record(from))
                    .compose(recorded -> from.bytes() == 0 && early ? givenUp() : Future.succeededFuture())
                    .compose(free -> reopened())
                    .compose(open -> file.length() == from.bytes() ? Future.succeededFuture() : file.cut(from.bytes()))
                    .map(cut -> {
                        ready = true;
                        return file;
                    });
        });
    }

    /** Makes durable, records and tells what has arrived by now. */
    Future<Void> settle() {
        return inOrder(() -> ready ? settled() : Future.succeededFuture());
    }

    Future<Void> close() {
        return inOrder(() -> file.close());
    }

    /** Removes what has arrived; repeatable. */
    Future<Void> delete() {
        return vertx.fileSystem().delete(path.toString()).otherwiseEmpty();
    }

    /** Nothing more arrives, and nothing stays of what others have made of it. */
    Future<Void> giveUp() {
        return inOrder(() -> {
            ready = false;
            return early ? record(Arrived.NOTHING).compose(recorded -> givenUp()) : Future.succeededFuture();
        });
    }

    private Future<Void> settled() {
        return file.settle().compose(length -> {
            if (length <= arrived.bytes()) {
                say();
                return Future.succeededFuture();
            }
            place.ticket().wrote(length - arrived.bytes());
            return record(arrived.upTo(length)).onSuccess(recorded -> say()).compose(recorded -> news());
        });
    }

    private Future<Void> record(Arrived now) {
        return place.store().record(id, now, spent.get()).compose(wanted -> {
            if (!wanted) {
                unwanted = true;
                return Future.failedFuture("nobody wants it any more");
            }
            arrived = now;
            said = Math.min(said, now.bytes());
            return Future.succeededFuture();
        });
    }

    /** Others may begin with what is on record, if it is known where it ends. What they are not told now, they are later. */
    private Future<Void> news() {
        EarlyNews to = ports.news().orElse(null);
        if (to == null || arrived.bytes() == 0 || arrived.size() < 0) {
            return Future.succeededFuture();
        }
        early = true;
        return to.arrived(id, arrived.bytes()).recover(failure -> {
            LOG.debug("video={} its arrival is not recorded: {}", id, failure.toString());
            return Future.succeededFuture();
        });
    }

    /** The row says that nothing has arrived: those who were told otherwise give up what they have made. */
    private Future<Void> givenUp() {
        ports.news().ifPresent(to -> to.end(id));
        return ports.bus()
                .ask(Address.SEGMENT_VIDEO.text(), new SegmentVideo(id), GIVEN_UP, Done.class)
                .recover(failure -> Future.failedFuture(new UnavailableException("what works on the file", failure)))
                .onSuccess(done -> early = false)
                .mapEmpty();
    }

    /** A file that could not be written, as on a full disk, takes nothing more. */
    private Future<Void> reopened() {
        if (!file.failure().failed()) {
            return Future.succeededFuture();
        }
        return file.close()
                .transform(closed -> AppendedFile.create(vertx, path, arrived.bytes(), place.limit()))
                .onSuccess(open -> file = open)
                .mapEmpty();
    }

    private void say() {
        long now = System.nanoTime();
        if (arrived.bytes() > said && now - saidAt >= TELL_EVERY) {
            said = arrived.bytes();
            saidAt = now;
            ports.bus()
                    .command(
                            Address.PUBLISH_UPLOAD,
                            new UploadMoved(id, arrived.bytes(), Math.max(arrived.size(), arrived.bytes())));
        }
    }

    /** One step after the other: a record that comes late must not speak of bytes that were cut off since. */
    private <T> Future<T> inOrder(Supplier<Future<T>> step) {
        Future<T> done = order.transform(before -> step.get());
        order = done;
        return done;
    }
}
