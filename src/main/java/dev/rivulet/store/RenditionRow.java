package dev.rivulet.store;

import dev.rivulet.job.VideoError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quality of a video as its row says.
 *
 * @param tier index of its tier
 * @param completedChunks indexes of the finished chunks, ascending
 * @param joined figures of the joined quality, null before
 * @param error why it was given up
 */
public record RenditionRow(
        String quality,
        int tier,
        RenditionState state,
        List<Integer> completedChunks,
        @Nullable JoinedFigures joined,
        @Nullable VideoError error) {
    public RenditionRow {
        completedChunks = List.copyOf(completedChunks);
    }

    /**
     * What joining measured of the picture alone.
     *
     * @param peakBandwidth bits per second of the largest segment
     * @param averageBandwidth bits per second over the whole
     * @param codecs RFC 6381 codec string
     * @param mp4Bytes size of the progressive file
     */
    public record JoinedFigures(long peakBandwidth, long averageBandwidth, String codecs, long mp4Bytes) {}
}
