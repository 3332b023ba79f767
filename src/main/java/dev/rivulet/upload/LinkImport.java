package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Outages;
import dev.rivulet.store.PendingImport;
import dev.rivulet.upload.link.Judgement;
import dev.rivulet.upload.link.Link;
import dev.rivulet.upload.link.Tries;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One import, try after try, to its end or until it is left for the next start. Belongs to one event loop. */
final class LinkImport {
    private static final Logger LOG = LoggerFactory.getLogger(LinkImport.class);

    private final Vertx vertx;
    private final Ports ports;
    private final ImportParts parts;
    private final ImportLimits limits;
    private final PendingImport begun;
    private final Link link;
    private final VideoId id;
    private final Reception reception;
    private final Promise<Void> halted = Promise.promise();
    private final long beganAt = System.nanoTime();
    private @Nullable Halt halt;
    private @Nullable LinkTry trying;
    private int tried;

    /** Why it ends before all has arrived. */
    enum Halt {
        /** This process is being stopped: the next one goes on. */
        LEFT,
        /** The video is cancelled or deleted. */
        UNWANTED,
        OUT_OF_TIME
    }

    /** @param begun how far earlier processes came */
    LinkImport(Vertx vertx, Ports ports, ImportParts parts, ImportLimits limits, PendingImport begun, Link link) {
        this.vertx = vertx;
        this.ports = ports;
        this.parts = parts;
        this.limits = limits;
        this.begun = begun;
        this.link = link;
        this.id = begun.video();
        this.reception = new Reception(vertx, ports);
    }

    /**
     * Fetches the file.
     *
     * @param ticket is left at the end
     * @return completes when nothing more happens here, whatever became of the video
     */
    Future<Void> run(Admission.Ticket ticket) {
        LOG.info(
                "video={} from={} received={} is imported",
                id,
                link,
                begun.arrived().bytes());
        Duration left = limits.maxDuration().minus(begun.spent());
        Timer limit = vertx.timer(Math.max(1, left.toMillis()));
        limit.onSuccess(passed -> halt(Halt.OUT_OF_TIME));
        Arrival.Place place = new Arrival.Place(parts.store(), ticket, limits.maxBytes());
        return Arrival.open(vertx, ports, place, begun, this::spent)
                .compose(arrival -> {
                    long settling =
                            vertx.setPeriodic(parts.patience().recorded().toMillis(), now -> settle(arrival));
                    return begin(arrival).eventually(() -> {
                        vertx.cancelTimer(settling);
                        return arrival.close().otherwiseEmpty();
                    });
                })
                .recover(failure -> {
                    LOG.error("video={} its import stopped; the next start goes on", id, failure);
                    return Future.succeededFuture();
                })
                .onComplete(over -> {
                    limit.cancel();
                    ports.news().ifPresent(to -> to.end(id));
                    ticket.leave();
                });
    }

    /** Ends it as soon as possible; the first reason counts. */
    void halt(Halt why) {
        if (halt == null) {
            halt = why;
            halted.complete();
            if (trying != null) {
                trying.end(new IllegalStateException("the import ends"));
            }
        }
    }

    /** An earlier process may have been killed between the file's last move and the row's. */
    private Future<Void> begin(Arrival arrival) {
        return ports.files()
                .find(id, MediaFiles.SOURCE)
                .compose(adopted -> adopted.isPresent()
                        ? arrival.delete()
                                .compose(gone -> complete(arrival, adopted.get().size()))
                        : round(
                                arrival,
                                new Tries(parts.patience(), arrival.arrived().bytes())));
    }

    private Duration spent() {
        return begun.spent().plusNanos(System.nanoTime() - beganAt);
    }

    /** Now and then: what has arrived is recorded, and nobody who sends without end fills the disk. */
    private void settle(Arrival arrival) {
        arrival.settle().onComplete(settled -> {
            if (arrival.unwanted()) {
                halt(Halt.UNWANTED);
            } else if (arrival.arrived().size() < 0 && trying != null) {
                parts.admission().room().onFailure(this::endTry);
            }
        });
    }

    private void endTry(Throwable full) {
        if (trying != null) {
            trying.end(full);
        }
    }

    private Future<Void> round(Arrival arrival, Tries tries) {
        LinkTry next = new LinkTry(parts, arrival, limits, tried++);
        trying = next;
        return next.run(link)
                .onComplete(done -> trying = null)
                .compose(judgement -> arrival.settle().transform(settled -> Future.succeededFuture(judgement)))
                .compose(judgement -> {
                    if (arrival.unwanted()) {
                        return discard(arrival);
                    } else if (judgement instanceof Judgement.Whole) {
                        return complete(arrival, arrival.arrived().bytes());
                    } else if (halt != null) {
                        return halted(arrival, halt);
                    } else if (judgement instanceof Judgement.Never never) {
                        return fail(arrival, never.error());
                    } else if (judgement instanceof Judgement.FromStart) {
                        arrival.startOver();
                        return round(arrival, tries);
                    }
                    return again(arrival, tries, judgement);
                });
    }

    private Future<Void> again(Arrival arrival, Tries tries, Judgement judgement) {
        Optional<Duration> pause = Optional.of(parts.patience().longestPause());
        if (judgement instanceof Judgement.Later later) {
            pause = tries.failed(arrival.arrived().bytes());
            if (pause.isEmpty()) {
                return fail(arrival, new VideoError(ErrorCode.LINK_UNREACHABLE, later.reason()));
            }
        }
        LOG.info(
                "video={} received={} is asked for again: {}",
                id,
                arrival.arrived().bytes(),
                judgement);
        return pause(pause.get()).compose(passed -> halt == null ? round(arrival, tries) : halted(arrival, halt));
    }

    private Future<Void> halted(Arrival arrival, Halt why) {
        return switch (why) {
            case LEFT -> Future.succeededFuture();
            case UNWANTED -> discard(arrival);
            case OUT_OF_TIME ->
                fail(arrival, new VideoError(ErrorCode.IMPORT_TIMED_OUT, "Fetching the file took too long."));
        };
    }

    /** Repeated until it is done: much was fetched for this. */
    private Future<Void> complete(Arrival arrival, long size) {
        return arrival.close()
                .compose(closed -> reception.complete(id, size, Future::succeededFuture))
                .onSuccess(video -> LOG.info("video={} bytes={} is here", id, size))
                .<Void>mapEmpty()
                .recover(failure -> {
                    if (failure instanceof Fault || halt == Halt.UNWANTED) {
                        return discard(arrival);
                    }
                    LOG.warn("video={} all of it is here, but not yet accepted: {}", id, failure.toString());
                    return halt == Halt.LEFT
                            ? Future.succeededFuture()
                            : timer(parts.patience().longestPause()).compose(passed -> complete(arrival, size));
                });
    }

    private Future<Void> fail(Arrival arrival, VideoError error) {
        LOG.info("video={} code={} is not imported: {}", id, error.code().code(), error.message());
        Announcement failed = Announcement.failed(VideoStatus.FAILED, error);
        return Outages.outlasted(arrival::giveUp, this::whileWanted)
                .recover(gone ->
                        gone instanceof UnavailableException ? Future.failedFuture(gone) : Future.succeededFuture())
                .compose(free -> Outages.outlasted(() -> ports.videos().announce(id, failed), this::whileWanted))
                .compose(update -> {
                    update.ifPresent(said -> ports.bus().event(Address.EVENTS, id, said.body()));
                    ports.bus().command(Address.PUBLISH_VIDEO, new PublishVideo(id));
                    return update.isPresent() ? arrival.close().eventually(arrival::delete) : discard(arrival);
                });
    }

    /** Nothing is left of a video that nobody wants. */
    private Future<Void> discard(Arrival arrival) {
        LOG.info("video={} its import is not wanted any more", id);
        return arrival.close()
                .otherwiseEmpty()
                .compose(closed -> arrival.delete())
                .compose(gone -> reception.discard(id));
    }

    private Future<Void> whileWanted() {
        return halt == Halt.LEFT
                ? Future.failedFuture("the server is being stopped")
                : timer(parts.patience().pause());
    }

    /** Cut short by whoever ends the import. */
    private Future<Void> pause(Duration length) {
        Timer timer = vertx.timer(length.toMillis());
        return Future.any(timer, halted.future())
                .onComplete(passed -> timer.cancel())
                .mapEmpty();
    }

    private Future<Void> timer(Duration length) {
        return vertx.timer(length.toMillis()).mapEmpty();
    }
}
