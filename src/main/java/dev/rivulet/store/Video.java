package dev.rivulet.store;

import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A video as its rows say.
 *
 * @param fileName name that the uploader gave the file; shown, never used in a path
 * @param progress 0 to 100
 * @param fileSize bytes of the source
 * @param priority higher is sooner within its user's share, 0 is usual
 * @param poster whether the poster is published
 * @param previewable whether the preview is published
 * @param storyboard whether the pictures of the seek bar are published
 * @param plan null until planned
 * @param renditions ascending; empty until planned
 * @param tidied false while a settled video has left something behind that is to be removed
 * @param seq number of its last update
 * @param processingSince when processing began, null before
 * @param processingFrom how far the work was then, 0 to 100: it may have begun during the upload
 */
public record Video(
        VideoId id,
        String title,
        @Nullable String description,
        String fileName,
        VideoStatus status,
        double progress,
        long fileSize,
        int priority,
        String userId,
        long views,
        boolean poster,
        boolean previewable,
        boolean storyboard,
        @Nullable MediaPlan plan,
        List<RenditionRow> renditions,
        @Nullable VideoError error,
        boolean tidied,
        long seq,
        @Nullable Instant processingSince,
        double processingFrom,
        Instant createdAt,
        Instant updatedAt) {
    public Video {
        renditions = List.copyOf(renditions);
    }

    /**
     * Whether there is a master playlist with at least one quality. A quality is joined a moment before the playlist is
     * written, and the state is moved when it has been.
     */
    public boolean hasMaster() {
        return status.hasMaster() && renditions.stream().anyMatch(row -> row.state() == RenditionState.JOINED);
    }
}
