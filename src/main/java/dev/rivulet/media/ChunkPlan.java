package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a frame grid into segments and these into chunks.
 *
 * @param segmentFrames frames of a full segment
 * @param chunks in order, without gap
 * @param beginning of what it was planned as when the film's end was not known; null when it always was
 */
public record ChunkPlan(int segmentFrames, List<Chunk> chunks, @Nullable Beginning beginning) {
    private static final Rational SOUND_SLACK = new Rational(3, 100);

    public ChunkPlan {
        chunks = List.copyOf(chunks);
    }

    /** A film whose end is known. */
    public ChunkPlan(int segmentFrames, List<Chunk> chunks) {
        this(segmentFrames, chunks, null);
    }

    /**
     * What was planned when only a beginning of the film was there.
     *
     * @param longest frames of the longest segment that the end may have: playlists are written for it from the first on
     * @param share of the file that is planned, 0 to 1
     * @param lead seconds that a chunk is read from before its first frame, at least
     */
    public record Beginning(int longest, double share, Rational lead) {}

    /**
     * Plans the chunks: 1, 2, then {@code chunkSegments} segments each, so that the first segment is out at once. A tail
     * shorter than half a segment joins the last segment, which then is a chunk of its own, because a process cuts all
     * of its segments but the last at one length.
     *
     * @param segmentSeconds wanted length of a segment, above 0
     * @param chunkSegments segments of a full chunk, at least 1
     */
    public static ChunkPlan of(FrameGrid grid, Rational segmentSeconds, int chunkSegments) {
        return of(grid, segmentSeconds, (chunk, left) -> wanted(chunk, chunkSegments));
    }

    /**
     * The same for a film whose end arrives last: towards it no chunk is more than half of what is left, so that little is
     * left to do when the last byte is there, and several processes share it.
     */
    public static ChunkPlan tapering(FrameGrid grid, Rational segmentSeconds, int chunkSegments) {
        return of(grid, segmentSeconds, (chunk, left) -> (int) Math.min(wanted(chunk, chunkSegments), (left + 1) / 2));
    }

    /** How many segments a chunk gets, by its index and the number of segments that are left, itself included. */
    private interface Size {
        int of(int chunk, long left);
    }

    private static ChunkPlan of(FrameGrid grid, Rational segmentSeconds, Size size) {
        int segmentFrames = segmentFrames(grid.rate(), segmentSeconds);
        long whole = grid.frames() / segmentFrames;
        long tail = grid.frames() % segmentFrames;
        boolean joined = tail > 0 && tail * 2 < segmentFrames && whole > 0;
        long ordinary = joined ? whole - 1 : whole + (tail > 0 ? 1 : 0);
        List<Chunk> chunks = new ArrayList<>();
        long segment = 0;
        while (segment < ordinary) {
            int count = (int) Math.min(size.of(chunks.size(), ordinary - segment), ordinary - segment);
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
     * Plans the chunks of a film of which the end is not there: whole ones only, each as it will be whatever comes.
     *
     * @param rate of the grid
     * @param frames that are there, and enough behind them for the end to take no part in what is planned
     * @param share of the film that they are
     */
    public static ChunkPlan beginning(
            Rational rate, Rational segmentSeconds, int chunkSegments, long frames, MediaPlan.Share share) {
        int segmentFrames = segmentFrames(rate, segmentSeconds);
        List<Chunk> chunks = new ArrayList<>();
        long segment = 0;
        int count = wanted(0, chunkSegments);
        while ((segment + count) * segmentFrames <= frames) {
            chunks.add(new Chunk(
                    chunks.size(), segment * segmentFrames, count * segmentFrames, (int) segment, count, false));
            segment += count;
            count = wanted(chunks.size(), chunkSegments);
        }
        return new ChunkPlan(
                segmentFrames,
                chunks,
                new Beginning(segmentFrames + (segmentFrames - 1) / 2, share.share(), share.lead()));
    }

    private static int segmentFrames(Rational rate, Rational segmentSeconds) {
        return (int) Math.max(1, segmentSeconds.times(rate).round());
    }

    /** Segments of a full chunk: 1, 2, then as many as were wanted. */
    private static int wanted(int chunk, int chunkSegments) {
        return chunk < 2 ? Math.min(chunk + 1, chunkSegments) : chunkSegments;
    }

    /** Whether the end is yet to come. */
    public boolean open() {
        return chunks.isEmpty() || !chunks.get(chunks.size() - 1).last();
    }

    /** Seconds that a chunk is read from before its first frame, at least. */
    public Rational lead() {
        return beginning == null ? Rational.ZERO : beginning.lead();
    }

    /** Share of the file that is planned. */
    public double share() {
        return beginning == null ? 1 : beginning.share();
    }

    /** The same, of which only the beginning was planned at first. */
    ChunkPlan begunAs(ChunkPlan before) {
        Beginning begun = before.beginning;
        return new ChunkPlan(
                segmentFrames, chunks, begun == null ? null : new Beginning(begun.longest(), 1, begun.lead()));
    }

    /** Whether everything that was planned before is planned the same way, and something behind it. */
    boolean continues(ChunkPlan before) {
        int count = before.chunks.size();
        return segmentFrames == before.segmentFrames
                && chunks.size() > count
                && chunks.subList(0, count).equals(before.chunks);
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
        return new ChunkPlan(segmentFrames, left, beginning);
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
        longest = Math.max(longest, beginning == null ? 0 : beginning.longest());
        return (int) Math.max(1, grid.time(longest).plus(SOUND_SLACK).round());
    }
}
