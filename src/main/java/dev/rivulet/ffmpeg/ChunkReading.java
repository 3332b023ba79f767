package dev.rivulet.ffmpeg;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;

/**
 * How a chunk is read: from which frame on, and how the end of the picture is held.
 *
 * @param firstRead grid frame at which reading begins; before the chunk where the picture may end inside it
 * @param skip frames between the first read and the first wanted
 * @param hold how often the last frame may be repeated; 0 where the picture goes on after the chunk
 * @param seek where the demuxer is sent, on the source's clock; null to read from the beginning
 */
record ChunkReading(long firstRead, int skip, int hold, @org.jspecify.annotations.Nullable Rational seek) {

    /**
     * A picture that ends before the sound holds its last frame; a header may be off by some frames. So a chunk at the
     * end begins reading one second early, to have a last frame to hold.
     */
    static ChunkReading of(MediaPlan plan, Chunk chunk, Rational leadIn) {
        int second = (int) plan.grid().rate().ceil();
        Rational end = plan.source().pictureEnd();
        long pictureFrames = end == null
                ? plan.grid().frames()
                : end.minus(plan.grid().origin()).times(plan.grid().rate()).round();
        long chunkEnd = chunk.firstFrame() + chunk.frames();
        if (!chunk.last() && chunkEnd + second < pictureFrames) {
            return new ChunkReading(chunk.firstFrame(), 0, 0, seek(plan, chunk.firstFrame(), leadIn));
        }
        long first = Math.max(0, Math.min(chunk.firstFrame(), pictureFrames) - second);
        int hold = (int) Math.max(0, chunkEnd - pictureFrames) + second;
        return new ChunkReading(first, (int) (chunk.firstFrame() - first), hold, seek(plan, first, leadIn));
    }

    private static @org.jspecify.annotations.Nullable Rational seek(MediaPlan plan, long frame, Rational least) {
        Rational leadIn = least.max(plan.chunks().lead());
        return plan.grid().time(frame).compareTo(leadIn) > 0
                ? plan.grid().sourceTime(frame).minus(leadIn)
                : null;
    }
}
