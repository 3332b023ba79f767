package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload that begins.
 *
 * @param id of its video, which has a row already, unless it is a part
 * @param length bytes in all, null when not known yet
 * @param metadata as the client sent it
 * @param parts of a final upload, in order; else empty
 * @param life until it expires, unless something arrives
 */
public record NewUpload(
        VideoId id,
        ResumableUpload.Kind kind,
        @Nullable Long length,
        String metadata,
        List<VideoId> parts,
        Duration life) {
    public NewUpload {
        parts = List.copyOf(parts);
    }
}
