package dev.rivulet.upload;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.MediaFiles.StoredFile;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.ResumableUpload.Kind;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far resumable uploads are, by their files; and what is to be done when everything is there. */
final class UploadStanding {
    private final TusParts parts;
    private final UploadAssembly assembly;

    UploadStanding(TusParts parts, UploadAssembly assembly) {
        this.parts = parts;
        this.assembly = assembly;
    }

    /** The row of an upload that may go on, or has ended well; fails with a fault else. */
    Future<ResumableUpload> known(VideoId id) {
        return parts.ports().uploads().find(id).map(found -> {
            ResumableUpload upload = found.orElseThrow(TusFaults::unknown);
            if (upload.status() == VideoStatus.CANCELLED) {
                throw TusFaults.gone();
            } else if (upload.expired() && upload.expires()) {
                throw TusFaults.expired();
            } else if (!upload.here() && !upload.finished()) {
                throw TusFaults.elsewhere();
            }
            return upload;
        });
    }

    /**
     * How many bytes of an upload are on stable storage. What came with a checksum and was not held against it, because the
     * process was killed before, is thrown away. The caller has the lock.
     */
    Future<Long> offset(ResumableUpload upload) {
        Long length = upload.length();
        if (upload.finished() && length != null) {
            return Future.succeededFuture(length);
        }
        VideoId id = upload.id();
        return parts.files()
                .durable(id)
                .compose(size -> size.isPresent()
                        ? verified(id, size.get(), upload.unverifiedFrom())
                        // Between the file's last move and the row's.
                        : parts.ports().files().find(id, MediaFiles.SOURCE).map(UploadStanding::adopted));
    }

    private Future<Long> verified(VideoId id, long size, @Nullable Long unverifiedFrom) {
        return unverifiedFrom == null || size <= unverifiedFrom
                ? Future.succeededFuture(size)
                : parts.files().cut(id, unverifiedFrom).map(unverifiedFrom);
    }

    private static long adopted(Optional<StoredFile> source) {
        return source.map(StoredFile::size).orElseThrow(TusFaults::gone);
    }

    /** Where an upload stands; one that has all its bytes and was cut off before its end is ended now. Holds the lock. */
    Future<Long> look(ResumableUpload upload) {
        return offset(upload).compose(offset -> finish(upload, offset).map(offset));
    }

    /** Ends an upload if all its bytes are there; repeatable. The caller has the lock. */
    Future<Void> finish(ResumableUpload upload, long offset) {
        Long length = upload.length();
        if (upload.finished() || length == null || offset < length) {
            return Future.succeededFuture();
        }
        VideoId id = upload.id();
        if (upload.kind() == Kind.PARTIAL) {
            return parts.ports().uploads().completed(id).onSuccess(done -> assembly.partCompleted(id));
        }
        return parts.reception()
                .complete(id, length, Future::succeededFuture)
                .onSuccess(video -> parts.early().end(id))
                .<Void>mapEmpty()
                .recover(failure -> unwanted(id, failure));
    }

    /** When the video went meanwhile, nothing is left; else what arrived is kept, for the next attempt. */
    private Future<Void> unwanted(VideoId id, Throwable failure) {
        return parts.ports()
                .uploads()
                .find(id)
                .compose(found -> found.filter(upload -> upload.status() != VideoStatus.CANCELLED)
                                .isPresent()
                        ? Future.failedFuture(failure)
                        : parts.files()
                                .delete(id)
                                .compose(gone -> parts.reception().discard(id))
                                .compose(gone -> Future.failedFuture(Reception.deleted())));
    }
}
