package dev.rivulet.job;

import dev.rivulet.job.TaskResult.ChunkMade;
import java.util.Map;

/**
 * The proof that chunks of a tier join frame-exactly: the frame that a chunk saw after its last one is the first frame of
 * the next chunk.
 */
public final class SeamProof {
    private SeamProof() {}

    /** Whether {@code next} begins with the frame that {@code chunk} saw next. */
    public static boolean holds(ChunkMade chunk, ChunkMade next) {
        return chunk.nextHash() == null || chunk.nextHash().equals(next.firstHash());
    }

    /** Number of chunks from the first one on that are there without a gap and with every seam proven. */
    public static int provenPrefix(Map<Integer, ChunkMade> chunks) {
        int length = 0;
        ChunkMade before = null;
        ChunkMade chunk = chunks.get(0);
        while (chunk != null && (before == null || holds(before, chunk))) {
            length++;
            before = chunk;
            chunk = chunks.get(length);
        }
        return length;
    }
}
