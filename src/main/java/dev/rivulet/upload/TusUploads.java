package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.ResumableUpload.Kind;
import dev.rivulet.upload.UploadCreation.Created;
import dev.rivulet.upload.UploadCreation.Wanted;
import dev.rivulet.upload.UploadWriting.Piece;
import dev.rivulet.upload.UploadWriting.Written;
import dev.rivulet.web.Leaving;
import dev.rivulet.web.VideoDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resumable uploads of a node; one for all event loops. */
public final class TusUploads {
    private static final Logger LOG = LoggerFactory.getLogger(TusUploads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TusParts parts;
    private final VideoDesk desk;
    private final UploadAssembly assembly;
    private final UploadStanding standing;
    private final UploadWriting writing;
    private final UploadCreation creation;

    /**
     * @param admission the one of this node
     * @param inFlight the one of this node
     */
    public TusUploads(
            Vertx vertx,
            Ports ports,
            Settings.Upload limits,
            Admission admission,
            UploadsInFlight inFlight,
            VideoDesk desk) {
        PartFiles files = new PartFiles(vertx, ports.folders());
        this.parts = new TusParts(
                vertx,
                ports,
                limits,
                admission,
                inFlight,
                new UploadLocks(vertx, PATIENCE),
                files,
                new Reception(vertx, ports),
                new EarlyWork(ports, files));
        this.desk = desk;
        this.assembly = new UploadAssembly(parts);
        this.standing = new UploadStanding(parts, assembly);
        this.writing = new UploadWriting(parts, standing);
        this.creation = new UploadCreation(parts, standing, writing, assembly);
    }

    /** Where an upload stands; without an offset while a final one is not put together. */
    record Status(ResumableUpload upload, @Nullable Long offset) {}

    /** Removes from now on what has arrived of videos that are not wanted any more. */
    public Future<Void> listen(Bus bus) {
        return bus.serve(Address.STOP_VIDEO, StopVideo.class, order -> removed(
                        order.video(), parts.early().parts(order.video()))
                .map(new Contract.Done()));
    }

    /** Goes on with what an earlier process of this node was cut off from in its last step; nobody waits for it. */
    public Future<Void> resume() {
        return parts.ports().uploads().unfinished().compose(all -> {
            Future<Void> done = Future.succeededFuture();
            for (ResumableUpload upload : all) {
                done = done.compose(before -> resume(upload).otherwise(failure -> {
                    LOG.warn("upload={} cannot go on: {}", upload.id(), failure.toString());
                    return null;
                }));
            }
            return done;
        });
    }

    private Future<Void> resume(ResumableUpload upload) {
        return upload.kind() == Kind.FINAL
                ? assembly.attempt(upload.id()).mapEmpty()
                : status(upload.id()).mapEmpty();
    }

    long maxBytes() {
        return parts.limits().maxBytes();
    }

    Future<Created> create(HttpServerRequest request, TusHeaders headers) {
        checkOpen();
        Wanted wanted = Wanted.of(headers, maxBytes());
        return wanted.concat().kind() == Kind.FINAL
                ? creation.put(wanted)
                : creation.begin(request, wanted, headers.bodyLength(), headers.checksum());
    }

    /** Tells where an upload stands. Whoever asks wants to go on: a request that is at work on it is ended. */
    Future<Status> status(VideoId id) {
        return standing.known(id).compose(known -> {
            if (known.kind() == Kind.FINAL) {
                if (!known.finished()) {
                    assembly.attempt(id).onFailure(later -> LOG.info("upload={} waits: {}", id, later.toString()));
                }
                return Future.succeededFuture(new Status(known, known.finished() ? known.length() : null));
            }
            return parts.locks().take(id, () -> {}).compose(turn -> standing.known(id)
                    .compose(upload -> standing.look(upload).map(offset -> new Status(upload, offset)))
                    .onComplete(done -> turn.release()));
        });
    }

    /** @param request paused */
    Future<Written> write(HttpServerRequest request, TusHeaders headers, VideoId id) {
        checkOpen();
        headers.checkBodyType();
        Piece piece = new Piece(headers.offset(), headers.bodyLength(), headers.length(), headers.checksum());
        TusBody body = new TusBody(request, id);
        parts.inFlight().enter(body, parts.vertx().getOrCreateContext());
        return parts.admission()
                .again(piece.room())
                .compose(ticket -> writing.write(body, id, piece, ticket).onComplete(done -> ticket.leave()))
                .onComplete(done -> parts.inFlight().leave(body));
    }

    /** Ends an upload for good, and deletes the video that it is or has become. */
    Future<Void> delete(VideoId id) {
        return standing.known(id)
                .compose(upload -> upload.kind() == Kind.PARTIAL
                        ? partDeleted(id)
                        : desk.delete(id).compose(gone -> removed(id, upload.finished() ? List.of() : upload.parts())));
    }

    private Future<Void> partDeleted(VideoId id) {
        return parts.ports().uploads().finalsOf(id).compose(finals -> partRemoved(id)
                .compose(gone -> removed(id, List.of()))
                .compose(gone -> wholeRemoved(finals)));
    }

    /** What lacks a part for good comes to nothing. */
    private Future<Void> wholeRemoved(List<VideoId> finals) {
        return Future.join(finals.stream()
                        .map(whole -> parts.ports().uploads().find(whole))
                        .toList())
                .compose(found -> Future.join(found.<Optional<ResumableUpload>>list().stream()
                        .flatMap(Optional::stream)
                        .filter(whole -> !whole.finished())
                        .map(whole -> desk.delete(whole.id()).compose(gone -> removed(whole.id(), whole.parts())))
                        .toList()))
                .mapEmpty();
    }

    private Future<Void> partRemoved(VideoId id) {
        return parts.locks().take(id, () -> {}).compose(turn -> parts.ports()
                .uploads()
                .removePart(id)
                .compose(existed -> existed ? Future.<Void>succeededFuture() : Future.failedFuture(TusFaults.unknown()))
                .onComplete(done -> turn.release()));
    }

    /** @param of what it was to be put together from: of no use any more */
    private Future<Void> removed(VideoId id, List<VideoId> of) {
        parts.early().end(id);
        return parts.ports()
                .uploads()
                .find(id)
                .map(found -> found.filter(row -> row.status() == VideoStatus.CANCELLED)
                        .map(ResumableUpload::parts)
                        .orElse(of))
                .compose(rest -> Future.join(
                                Stream.concat(rest.stream().map(this::discarded), Stream.of(fileRemoved(id)))
                                        .toList())
                        .mapEmpty());
    }

    private Future<Void> discarded(VideoId part) {
        return parts.ports().uploads().removePart(part).compose(gone -> fileRemoved(part));
    }

    private Future<Void> fileRemoved(VideoId id) {
        return parts.locks()
                .take(id, () -> {})
                .compose(turn -> parts.files().delete(id).onComplete(done -> turn.release()));
    }

    private void checkOpen() {
        if (!parts.inFlight().open()) {
            throw Leaving.refusal();
        }
    }
}
