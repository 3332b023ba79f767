package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resumable uploads; the row of one that is a video goes with the video's. Times are the database's. PostgreSQL is the
 * truth; every method is one transaction.
 */
public interface UploadStore {
    /** Writes the row of an upload whose bytes will lie on this node's disk; tells when it expires. */
    Future<Instant> create(NewUpload upload);

    Future<Optional<ResumableUpload>> find(VideoId id);

    /** Those of {@code ids} that have a row, in no order. */
    Future<List<ResumableUpload>> all(List<VideoId> ids);

    /** Uploads on this node's disk that are not finished, be it of an earlier process, and all parts. */
    Future<List<ResumableUpload>> unfinished();

    /** How many parts there are. */
    Future<Long> parts();

    /** Says how long it will be, in the video's row too; false when that has been said, or the upload is gone. */
    Future<Boolean> declare(VideoId id, long length);

    /**
     * Something arrives or has arrived: prolongs its life.
     *
     * @param unverifiedFrom from where on bytes have not been held against their checksum, null when all have
     * @return when it expires; empty when it is gone, or its video is not UPLOADING any more
     */
    Future<Optional<Instant>> renew(VideoId id, Duration life, @Nullable Long unverifiedFrom);

    /** Every byte of a part is durable. */
    Future<Void> completed(VideoId part);

    /** The final uploads that name a part, and have begun to be put together or not. */
    Future<List<VideoId>> finalsOf(VideoId part);

    /** The final upload of exactly these parts, if there is one. */
    Future<Optional<VideoId>> finalOf(List<VideoId> parts);

    /**
     * Takes the parts of a final upload over for good, if all are complete and on this node's disk: they have no rows any
     * more. Repeatable.
     *
     * @return the lengths of the parts, in order; empty when one is missing yet, or the final upload is gone
     */
    Future<Optional<List<Long>>> assemble(VideoId whole);

    /** Removes a part's row; false when it has none. */
    Future<Boolean> removePart(VideoId part);
}
