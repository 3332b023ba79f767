package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.ResumableUpload.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the bytes of one request to a resumable upload. */
final class UploadWriting {
    private static final Logger LOG = LoggerFactory.getLogger(UploadWriting.class);
    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);
    /** How often the free space is looked at when a client does not say how much will come. */
    private static final long LOOK_EVERY = 64L << 20;

    private final TusParts parts;
    private final UploadStanding standing;

    UploadWriting(TusParts parts, UploadStanding standing) {
        this.parts = parts;
        this.standing = standing;
    }

    /**
     * What comes.
     *
     * @param offset where its bytes belong
     * @param bytes how many, or {@link TusHeaders#UNKNOWN}
     * @param length of the whole upload, null when nothing new is said about it
     * @param checksum of these bytes, null for none
     */
    record Piece(long offset, long bytes, @Nullable Long length, @Nullable UploadChecksum checksum) {
        /** Bytes for which room is needed, as far as known. */
        long room() {
            return Math.max(0, bytes);
        }
    }

    /**
     * Where the upload stands afterwards.
     *
     * @param expires null when it does not any more
     */
    record Written(long offset, @Nullable Instant expires) {}

    /**
     * Receives a body; the offset that is answered is on stable storage.
     *
     * @return fails with a fault; what arrived is kept, unless it had a checksum that cannot have been right
     */
    Future<Written> write(TusBody body, VideoId id, Piece piece, Admission.Ticket ticket) {
        return parts.locks().take(id, () -> body.refuse(TusFaults.takenOver())).compose(turn -> standing.known(id)
                .compose(upload -> declared(upload, piece.length()))
                .compose(
                        upload -> standing.offset(upload).compose(offset -> write(body, upload, offset, piece, ticket)))
                .onComplete(done -> turn.release()));
    }

    /** The client may say the length as late as with the last bytes. */
    private Future<ResumableUpload> declared(ResumableUpload upload, @Nullable Long length) {
        if (upload.kind() == Kind.FINAL) {
            return Future.failedFuture(TusFaults.finalUpload());
        }
        if (length == null || length.equals(upload.length())) {
            return Future.succeededFuture(upload);
        }
        if (upload.length() != null) {
            return Future.failedFuture(new Fault(
                    400, "length_changed", "The length of the upload has been said before, and it was another."));
        }
        Fault refusal = refusal(upload.kind(), length);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        return standing.offset(upload)
                .compose(offset -> offset > length
                        ? Future.failedFuture(new Fault(
                                400,
                                "invalid_upload_length",
                                "More bytes of the upload have arrived than it is said to have."))
                        : parts.ports()
                                .uploads()
                                .declare(upload.id(), length)
                                .compose(done -> standing.known(upload.id())));
    }

    /** Why an upload cannot have this length, or null. */
    private @Nullable Fault refusal(Kind kind, long length) {
        if (length > parts.limits().maxBytes()) {
            return UploadRoutes.tooLarge(parts.limits().maxBytes());
        }
        return length == 0 && kind != Kind.PARTIAL ? UploadCreation.empty() : null;
    }

    private Future<Written> write(
            TusBody body, ResumableUpload upload, long offset, Piece piece, Admission.Ticket ticket) {
        long left = Objects.requireNonNullElse(upload.length(), parts.limits().maxBytes()) - offset;
        if (piece.offset() != offset) {
            return Future.failedFuture(TusFaults.wrongOffset(offset));
        } else if (piece.bytes() > left) {
            return Future.failedFuture(TusFaults.beyondLength(left));
        } else if (body.refusal() != null) {
            return Future.failedFuture(body.refusal());
        } else if (upload.finished()) {
            return Future.succeededFuture(new Written(offset, null));
        }
        UploadChecksum checksum = piece.checksum();
        UploadChecksum.Sum sum = checksum == null ? null : checksum.begin();
        return renewed(upload.id(), checksum == null ? null : offset)
                .compose(alive -> parts.files().open(upload.id(), offset, sum))
                .compose(file -> received(body, upload, file, piece, ticket))
                .compose(
                        end -> checksum == null || sum == null || checksum.matches(sum)
                                ? Future.succeededFuture(end)
                                : thrownAway(upload.id(), offset, TusFaults.checksumMismatch()),
                        // What was not sent whole cannot be held against its checksum.
                        reason -> sum == null ? Future.failedFuture(reason) : thrownAway(upload.id(), offset, reason))
                .compose(end -> ended(upload, end));
    }

    private Future<Long> received(
            TusBody body, ResumableUpload upload, AppendedFile file, Piece piece, Admission.Ticket ticket) {
        VideoId id = upload.id();
        long length = Objects.requireNonNullElse(upload.length(), 0L);
        UploadProgress progress = new UploadProgress(parts.ports().bus(), id, length);
        long most = Objects.requireNonNullElse(upload.length(), parts.limits().maxBytes()) - file.length();
        Renewal renewal = new Renewal(id, piece.checksum() == null ? null : piece.offset());
        if (piece.checksum() == null) {
            file.follow(durable -> parts.early().moved(upload, durable));
        }
        RoomLook room = new RoomLook(body, piece.bytes() == TusHeaders.UNKNOWN);
        return body.receive(file, most, bytes -> {
                    ticket.wrote(bytes);
                    room.heard(bytes);
                    if (upload.kind() == Kind.WHOLE) {
                        progress.moved(file.length());
                    }
                })
                .eventually(() -> {
                    return renewal.end().compose(done -> file.close());
                })
                .map(done -> file.length());
    }

    /** Prolongs the upload's life while a request lasts long. */
    private final class Renewal {
        private final long timer;
        private Future<?> last = Future.succeededFuture();

        Renewal(VideoId id, @Nullable Long unverifiedFrom) {
            Duration often = parts.limits().expires().dividedBy(4);
            Duration pause = often.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : often;
            this.timer = parts.vertx()
                    .setPeriodic(
                            pause.toMillis(),
                            time -> last = renewed(id, unverifiedFrom)
                                    .onFailure(failure ->
                                            LOG.info("upload={} is not prolonged: {}", id, failure.toString())));
        }

        /** What comes afterwards is not undone by a renewal that was slow. */
        Future<Void> end() {
            parts.vertx().cancelTimer(timer);
            return last.<Void>mapEmpty().otherwiseEmpty();
        }
    }

    /** Looks now and then whether there is room for a body of unknown length. */
    private final class RoomLook {
        private final TusBody body;
        private final boolean wanted;
        private long unseen;

        RoomLook(TusBody body, boolean wanted) {
            this.body = body;
            this.wanted = wanted;
        }

        void heard(long bytes) {
            unseen += bytes;
            if (wanted && unseen >= LOOK_EVERY) {
                unseen = 0;
                parts.admission().room().onFailure(full -> body.refuse(Fault.noRoom()));
            }
        }
    }

    private Future<Long> thrownAway(VideoId id, long offset, Throwable reason) {
        return parts.files()
                .cut(id, offset)
                .compose(done -> renewed(id, null))
                .compose(done -> Future.failedFuture(reason));
    }

    private Future<Written> ended(ResumableUpload upload, long offset) {
        parts.early().moved(upload, offset);
        return renewed(upload.id(), null).compose(expires -> standing.finish(upload, offset)
                .map(new Written(offset, Long.valueOf(offset).equals(upload.length()) ? null : expires)));
    }

    private Future<Instant> renewed(VideoId id, @Nullable Long unverifiedFrom) {
        return parts.ports()
                .uploads()
                .renew(id, parts.limits().expires(), unverifiedFrom)
                .compose(expires -> expires.isPresent()
                        ? Future.succeededFuture(expires.get())
                        : parts.files().delete(id).compose(gone -> Future.failedFuture(Reception.deleted())));
    }
}
