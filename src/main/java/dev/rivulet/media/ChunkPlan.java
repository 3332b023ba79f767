package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a frame grid into segments and these into chunks.
 *
 * @param segmentFrames frames of a full segment
 * @param chunks in order, without gap
 */
public record ChunkPlan(int segmentFrames, List<Chunk> chunks) {
    private static final Rational SOUND_SLACK = new Rational(3, 100);

    public ChunkPlan {
        chunks = List.copyOf(chunks);
    }

    /**
     * Plans the chunks: 1, 2, then {@code chunkSegments} segments each, so that the first segment is out at once. A tail
     * shorter than half a segment joins the last segment, which then is a chunk of its own, because a process cuts all
     * of its segments but the last at one length.
     *
     * @param segmentSeconds wanted length of a segment, above 0
     * @param chunkSegments segments of a full chunk, at least 1
     */
    public static ChunkPlan of(FrameGrid grid, Rational segmentSeconds, int chunkSegments) {
        int segmentFrames = (int) Math.max(1, segmentSeconds.times(grid.rate()).round());
        long whole = grid.frames() / segmentFrames;
        long tail = grid.frames() % segmentFrames;
        boolean joined = tail > 0 && tail * 2 < segmentFrames && whole > 0;
        long ordinary = joined ? whole - 1 : whole + (tail > 0 ? 1 : 0);
        List<Chunk> chunks = new ArrayList<>();
        long segment = 0;
        while (segment < ordinary) {
            int wanted = chunks.size() < 2 ? Math.min(chunks.size() + 1, chunkSegments) : chunkSegments;
            int count = (int) Math.min(wanted, ordinary - segment);
            long first = segment * segmentFrames;
            int frames = (int) Math.min((long) count * segmentFrames, grid.frames() - first);
            chunks.add(new Chunk(chunks.size(), first, frames, (int) segment, count, false));
            segment += count;
        }
        if (joined) {
            chunks.add(new Chunk(
                    chunks.size(), segment * segmentFrames, (int) (segmentFrames + tail), (int) segment, 1, false));
        }
        int end = chunks.size() - 1;
        Chunk last = chunks.get(end);
        chunks.set(end, new Chunk(end, last.firstFrame(), last.frames(), last.firstSegment(), last.segments(), true));
        return new ChunkPlan(segmentFrames, chunks);
    }

    /**
     * The same, cut off; chunks before the end stay as they are, so that finished work stays valid.
     *
     * @param frames frames that are left, at least 1 and fewer than planned
     */
    ChunkPlan endingAfter(long frames) {
        List<Chunk> left = new ArrayList<>();
        for (Chunk chunk : chunks) {
            if (chunk.firstFrame() + chunk.frames() < frames) {
                left.add(chunk);
            } else {
                int length = (int) (frames - chunk.firstFrame());
                int segments = Math.min(chunk.segments(), (length + segmentFrames - 1) / segmentFrames);
                left.add(new Chunk(chunk.index(), chunk.firstFrame(), length, chunk.firstSegment(), segments, true));
                break;
            }
        }
        return new ChunkPlan(segmentFrames, left);
    }

    /** Number of segments of the whole video. */
    public int segments() {
        Chunk last = chunks.get(chunks.size() - 1);
        return last.firstSegment() + last.segments();
    }

    /** Frames of each segment of {@code chunk} when it yields {@code frames} frames. */
    public List<Integer> segmentFrames(Chunk chunk, int frames) {
        List<Integer> lengths = new ArrayList<>();
        int left = frames;
        for (int i = 0; i < chunk.segments() && left > 0; i++) {
            int length = i == chunk.segments() - 1 ? left : Math.min(left, segmentFrames);
            lengths.add(length);
            left -= length;
        }
        return lengths;
    }

    /**
     * RFC 8216, 4.3.3.1: the longest segment in seconds, rounded; fixed before the first segment is published. A sound
     * segment may be longer than its picture by up to one AAC frame.
     */
    public int targetDuration(FrameGrid grid) {
        long longest = chunks.stream()
                .flatMap(chunk -> segmentFrames(chunk, chunk.frames()).stream())
                .mapToLong(Integer::longValue)
                .max()
                .orElseThrow();
        return (int) Math.max(1, grid.time(longest).plus(SOUND_SLACK).round());
    }
}
