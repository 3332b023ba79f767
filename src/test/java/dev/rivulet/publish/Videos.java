package dev.rivulet.publish;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.Video;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Made-up rows of videos. */
final class Videos {
    static final VideoId ID = new VideoId(UUID.fromString("6c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5f"));
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Videos() {}

    static Video of(RenditionRow... renditions) {
        return of(VideoStatus.PROCESSING, 0, renditions);
    }

    static Video of(VideoStatus status, double progress, RenditionRow... renditions) {
        return of(null, status, progress, renditions);
    }

    static Video planned(MediaPlan plan, VideoStatus status, RenditionRow... renditions) {
        return of(plan, status, 0, renditions);
    }

    private static Video of(@Nullable MediaPlan plan, VideoStatus status, double progress, RenditionRow... renditions) {
        return new Video(
                ID,
                "A film",
                null,
                "film.mp4",
                status,
                progress,
                1,
                0,
                "local",
                0,
                false,
                false,
                false,
                plan,
                List.of(renditions),
                null,
                true,
                1,
                START,
                0,
                START.minusSeconds(60),
                START);
    }

    static RenditionRow encoding(String quality) {
        return new RenditionRow(quality, 0, RenditionState.ENCODING, List.of(), null, null);
    }

    static RenditionRow joining(String quality) {
        return new RenditionRow(quality, 0, RenditionState.JOINING, List.of(), null, null);
    }

    static RenditionRow joined(String quality) {
        return joined(quality, 1000, "avc1.42c00c");
    }

    static RenditionRow joined(String quality, long bandwidth, String codecs) {
        JoinedFigures figures = new JoinedFigures(bandwidth, bandwidth * 3 / 4, codecs, 1);
        return new RenditionRow(quality, 0, RenditionState.JOINED, List.of(0), figures, null);
    }

    static RenditionRow failed(String quality) {
        VideoError error = new VideoError(ErrorCode.TIMED_OUT, quality + " took too long.");
        return new RenditionRow(quality, 0, RenditionState.FAILED, List.of(), null, error);
    }
}
