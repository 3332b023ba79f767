package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.NewUpload;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.ResumableUpload.Kind;
import dev.rivulet.upload.UploadWriting.Piece;
import dev.rivulet.upload.UploadWriting.Written;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Begins resumable uploads. */
final class UploadCreation {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TusParts parts;
    private final UploadStanding standing;
    private final UploadWriting writing;
    private final UploadAssembly assembly;
    /** By the first part: the same final upload, said twice at once, is one. */
    private final UploadLocks finals;

    UploadCreation(TusParts parts, UploadStanding standing, UploadWriting writing, UploadAssembly assembly) {
        this.parts = parts;
        this.standing = standing;
        this.writing = writing;
        this.assembly = assembly;
        this.finals = new UploadLocks(parts.vertx(), PATIENCE);
    }

    /**
     * An upload as it was asked for.
     *
     * @param length null when it will be told later, or follows from the parts
     */
    record Wanted(UploadConcat concat, @Nullable Long length, UploadMetadata metadata) {
        /** @throws Fault when it cannot be had */
        static Wanted of(TusHeaders headers, long maxBytes) {
            UploadConcat concat = headers.concat();
            if (concat.kind() == Kind.FINAL) {
                if (headers.length() != null || headers.bodyLength() != 0) {
                    throw TusFaults.badConcat("A final upload has neither a length of its own nor bytes.");
                }
                return new Wanted(concat, null, headers.metadata());
            }
            Long length = headers.lengthOrLater();
            if (length != null && length > maxBytes) {
                throw UploadRoutes.tooLarge(maxBytes);
            }
            if (length != null && length == 0 && concat.kind() == Kind.WHOLE) {
                throw empty();
            }
            if (headers.bodyLength() != 0) {
                headers.checkBodyType();
            }
            return new Wanted(concat, length, headers.metadata());
        }
    }

    /** What a client is told. */
    record Created(VideoId id, Written written) {}

    static Fault empty() {
        return new Fault(400, "empty_file", "The file has no bytes.");
    }

    /**
     * Begins an upload whose bytes come, the first of them maybe with this request. When that fails, nothing is left: the
     * client does not know the upload's address.
     *
     * @param request paused
     * @param checksum of the bytes that come with the request
     */
    Future<Created> begin(HttpServerRequest request, Wanted wanted, long bytes, @Nullable UploadChecksum checksum) {
        VideoId id = VideoId.random();
        long expected = Objects.requireNonNullElse(wanted.length(), 0L);
        boolean part = wanted.concat().kind() == Kind.PARTIAL;
        Piece piece = new Piece(0, bytes, null, checksum);
        return (part
                        ? parts.admission().enter(expected, parts.ports().uploads()::parts)
                        : parts.admission().enter(expected))
                .compose(ticket -> row(id, wanted, expected, List.of())
                        .compose(expires -> parts.files().create(id).map(new Written(0, expires)))
                        .compose(made -> bytes == 0 ? finished(id, made) : received(request, id, piece, ticket))
                        .recover(
                                failure -> discarded(id, part).transform(gone -> Future.<Written>failedFuture(failure)))
                        .onComplete(done -> ticket.leave()))
                .map(written -> new Created(id, written));
    }

    /** A part of no bytes is complete. */
    private Future<Written> finished(VideoId id, Written made) {
        return standing.known(id).compose(upload -> standing.finish(upload, 0)).map(made);
    }

    private Future<Written> received(HttpServerRequest request, VideoId id, Piece piece, Admission.Ticket ticket) {
        TusBody body = new TusBody(request, id);
        parts.inFlight().enter(body, parts.vertx().getOrCreateContext());
        return writing.write(body, id, piece, ticket)
                .onComplete(done -> parts.inFlight().leave(body));
    }

    private Future<Instant> row(VideoId id, Wanted wanted, long size, List<VideoId> of) {
        UploadMetadata metadata = wanted.metadata();
        Kind kind = wanted.concat().kind();
        Long length = kind == Kind.FINAL ? Long.valueOf(size) : wanted.length();
        NewUpload upload = new NewUpload(
                id, kind, length, metadata.text(), of, parts.limits().expires());
        if (kind == Kind.PARTIAL) {
            return parts.ports().uploads().create(upload);
        }
        FormFields fields = metadata.fields();
        NewVideo video = new NewVideo(
                id,
                Objects.requireNonNullElse(fields.title(), metadata.fileName().title()),
                fields.description(),
                metadata.fileName().text(),
                size,
                Objects.requireNonNullElse(fields.priority(), 0),
                UploadingVideo.USER);
        return parts.ports().videos().create(video).compose(made -> parts.ports()
                .uploads()
                .create(upload));
    }

    private Future<Void> discarded(VideoId id, boolean part) {
        return parts.files()
                .delete(id)
                .compose(gone -> part
                        ? parts.ports().uploads().removePart(id).mapEmpty()
                        : parts.reception().discard(id));
    }

    /**
     * Makes a final upload of parts: a video at once when they are complete, else as soon as they are. The same again gives
     * the same, for the answer may have been lost.
     */
    Future<Created> put(Wanted wanted) {
        List<VideoId> of = wanted.concat().parts();
        return finals.take(of.get(0), () -> {})
                .compose(turn -> parts.ports()
                        .uploads()
                        .finalOf(of)
                        .compose(known -> known.isPresent() ? Future.succeededFuture(known.get()) : planned(wanted, of))
                        .onComplete(done -> turn.release()))
                .compose(id -> assembly.attempt(id).compose(done -> standing.known(id)))
                .map(upload -> new Created(
                        upload.id(),
                        new Written(
                                upload.finished() ? Objects.requireNonNullElse(upload.length(), 0L) : 0,
                                upload.finished() ? null : upload.expiry())));
    }

    private Future<VideoId> planned(Wanted wanted, List<VideoId> of) {
        VideoId id = VideoId.random();
        return parts.ports()
                .uploads()
                .all(of)
                .map(rows -> size(of, rows))
                .compose(size -> unused(of)
                        .compose(free -> parts.admission().enter(0))
                        .compose(ticket -> row(id, wanted, size, of).onComplete(done -> ticket.leave())))
                .map(id);
    }

    private Future<Void> unused(List<VideoId> of) {
        return Future.join(of.stream().map(parts.ports().uploads()::finalsOf).toList())
                .compose(finals -> finals.<List<VideoId>>list().stream().allMatch(List::isEmpty)
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new Fault(409, "part_in_use", "A part belongs to another final upload already.")));
    }

    /** What the parts add up to; of parts that are on their way it is known too. */
    private long size(List<VideoId> of, List<ResumableUpload> rows) {
        Map<VideoId, ResumableUpload> byId =
                rows.stream().collect(Collectors.toMap(ResumableUpload::id, Function.identity()));
        long size = 0;
        for (VideoId part : of) {
            ResumableUpload row = byId.get(part);
            if (row == null) {
                throw TusFaults.unknown();
            } else if (row.kind() != Kind.PARTIAL) {
                throw TusFaults.badConcat("Only partial uploads can be parts of a final one.");
            } else if (!row.here()) {
                throw TusFaults.elsewhere();
            } else if (row.length() == null) {
                throw TusFaults.badConcat("A part whose length is not known yet cannot be named.");
            }
            size += row.length();
        }
        if (size > parts.limits().maxBytes()) {
            throw UploadRoutes.tooLarge(parts.limits().maxBytes());
        } else if (size == 0) {
            throw empty();
        }
        return size;
    }
}
