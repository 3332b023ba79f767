package dev.rivulet.store.pg;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.SeamProof;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a finished chunk fits what its tier has so far. */
sealed interface ChunkVerdict {
    /** It may be recorded. */
    record Fits() implements ChunkVerdict {}

    /** It may not. */
    record Misfit(TaskFailure failure) implements ChunkVerdict {}

    /** It may be recorded; the chunk after it, which was done before, has to be done again. */
    record NextMisfit(TaskFailure failure) implements ChunkVerdict {}

    /** It may be recorded; the chunk before it, which was done before, has to be done again. */
    record BeforeMisfit(TaskFailure failure) implements ChunkVerdict {}

    /**
     * @param inits digests of the initialization segments of the tier's qualities, null where none is known yet
     * @param before the finished chunk before it, null when there is none
     * @param after the finished chunk after it, null when there is none
     */
    static ChunkVerdict of(
            ChunkMade made,
            Map<String, @Nullable String> inits,
            @Nullable ChunkMade before,
            @Nullable ChunkMade after) {
        if (!made.qualities().keySet().equals(inits.keySet())) {
            return new Misfit(new TaskFailure(
                    FailureKind.TOOL,
                    "made %s instead of %s"
                            .formatted(new TreeSet<>(made.qualities().keySet()), new TreeSet<>(inits.keySet())),
                    ""));
        }
        for (Map.Entry<String, StoredRun> run : new TreeMap<>(made.qualities()).entrySet()) {
            String known = inits.get(run.getKey());
            if (known != null && !known.equals(run.getValue().initSha256())) {
                return new Misfit(new TaskFailure(
                        FailureKind.TOOL,
                        "the initialization segment of %s is not that of the other chunks".formatted(run.getKey()),
                        ""));
            }
        }
        if (before != null && !SeamProof.holds(before, made)) {
            if (made.sequential() && !before.sequential()) {
                return new BeforeMisfit(new TaskFailure(
                        FailureKind.SEAM,
                        "the frame after the last one is not the one that the next chunk begins with",
                        ""));
            }
            return new Misfit(new TaskFailure(
                    FailureKind.SEAM, "the first frame is not the one that follows the chunk before", ""));
        }
        if (after != null && !SeamProof.holds(made, after)) {
            return new NextMisfit(new TaskFailure(
                    FailureKind.SEAM, "the first frame is not the one that the chunk before saw next", ""));
        }
        return new Fits();
    }
}
