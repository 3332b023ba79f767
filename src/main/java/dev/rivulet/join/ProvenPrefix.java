package dev.rivulet.join;

import dev.rivulet.job.SeamProof;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.media.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the lowest quality while it grows: the chunks from the first one on that are there without a gap and
 * with every seam proven. Only what comes behind it has to be read.
 */
final class ProvenPrefix {
    private final String quality;
    private final List<Rational> durations = new ArrayList<>();
    private int chunks;
    private String codecs = "";
    private @Nullable ChunkMade last;

    ProvenPrefix(String quality) {
        this.quality = quality;
    }

    /** Index of the first chunk that is not part of it. */
    int next() {
        return chunks;
    }

    /** Exact length of each of its segments in seconds. */
    List<Rational> durations() {
        return durations;
    }

    /** RFC 6381 codec string, empty while there is no chunk. */
    String codecs() {
        return codecs;
    }

    /** Adds what joins. */
    void grow(Map<Integer, ChunkMade> made) {
        ChunkMade chunk = made.get(chunks);
        while (chunk != null && (last == null || SeamProof.holds(last, chunk))) {
            StoredRun run = Objects.requireNonNull(chunk.qualities().get(quality));
            durations.addAll(Runs.durations(run.segments(), run.timescale()));
            codecs = run.codecs();
            last = chunk;
            chunks++;
            chunk = made.get(chunks);
        }
    }
}
