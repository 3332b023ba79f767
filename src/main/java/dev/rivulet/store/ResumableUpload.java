package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload that may come in several requests. How many bytes have arrived, the file says.
 *
 * @param id of the video too, unless it is a part
 * @param status of its video, null for a part
 * @param length bytes in all, null while the client has not said it
 * @param metadata as the client sent it, empty when it sent none
 * @param parts of a final upload, in order
 * @param partLengths theirs, once they are being put together; empty before
 * @param complete whether a part is
 * @param unverifiedFrom bytes from here on have not been held against their checksum, null when all have
 * @param here whether its bytes are on this node's disk
 * @param expiry when it goes, unless something arrives
 * @param expired by the database's clock
 */
public record ResumableUpload(
        VideoId id,
        Kind kind,
        @Nullable VideoStatus status,
        @Nullable Long length,
        String metadata,
        List<VideoId> parts,
        List<Long> partLengths,
        boolean complete,
        @Nullable Long unverifiedFrom,
        boolean here,
        Instant expiry,
        boolean expired) {
    public ResumableUpload {
        parts = List.copyOf(parts);
        partLengths = List.copyOf(partLengths);
    }

    /** What it will be. */
    public enum Kind {
        /** A video. */
        WHOLE,
        /** A part of a final upload. */
        PARTIAL,
        /** A video that is put together from parts. */
        FINAL
    }

    /** Whether nothing of it is to come any more. */
    public boolean finished() {
        return kind == Kind.PARTIAL ? complete : status != VideoStatus.UPLOADING;
    }

    /** Whether it may be removed once it has expired. */
    public boolean expires() {
        return kind == Kind.PARTIAL || !finished();
    }
}
