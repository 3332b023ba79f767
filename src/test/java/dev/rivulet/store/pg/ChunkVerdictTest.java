package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.Samples;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkVerdictTest {
    private static final MediaPlan PLAN = Samples.plan(20);
    private static final ChunkMade BEFORE = Samples.chunk(PLAN, 1, 0);
    private static final ChunkMade MADE = Samples.chunk(PLAN, 1, 1);
    private static final ChunkMade AFTER = Samples.chunk(PLAN, 1, 2);
    private static final Map<String, String> INITS = Map.of("240p", "init-240p", "360p", "init-360p");

    @Test
    void aChunkFitsBetweenItsNeighbours() {
        assertThat(ChunkVerdict.of(MADE, INITS, BEFORE, AFTER)).isEqualTo(new ChunkVerdict.Fits());
        assertThat(ChunkVerdict.of(MADE, unknown(), null, null)).isEqualTo(new ChunkVerdict.Fits());
    }

    @Test
    void theEndOfTheSourceProvesNothing() {
        ChunkMade ended = Samples.chunk(PLAN, 1, 1, "frame-1", null);
        assertThat(ChunkVerdict.of(ended, INITS, BEFORE, AFTER)).isEqualTo(new ChunkVerdict.Fits());
    }

    @Test
    void theChunkItselfIsToBlameForTheSeamBeforeIt() {
        ChunkMade wrong = Samples.chunk(PLAN, 1, 1, "another", "other");
        assertThat(ChunkVerdict.of(wrong, INITS, BEFORE, AFTER))
                .isInstanceOfSatisfying(
                        ChunkVerdict.Misfit.class,
                        misfit -> assertThat(misfit.failure().kind()).isEqualTo(FailureKind.SEAM));
    }

    @Test
    void theChunkAfterItIsToBlameForTheSeamAfterIt() {
        ChunkMade wrong = Samples.chunk(PLAN, 1, 2, "another", null);
        assertThat(ChunkVerdict.of(MADE, INITS, BEFORE, wrong)).isInstanceOf(ChunkVerdict.NextMisfit.class);
    }

    @Test
    void anotherInitializationSegmentDoesNotFit() {
        Map<String, String> others = Map.of("240p", "init-240p", "360p", "other");
        assertThat(ChunkVerdict.of(MADE, others, BEFORE, AFTER))
                .isInstanceOfSatisfying(
                        ChunkVerdict.Misfit.class,
                        misfit -> assertThat(misfit.failure().reason()).contains("360p"));
    }

    @Test
    void allQualitiesOfTheTierHaveToBeThere() {
        assertThat(ChunkVerdict.of(Samples.chunk(PLAN, 0, 1), INITS, null, null))
                .isInstanceOfSatisfying(ChunkVerdict.Misfit.class, misfit -> assertThat(
                                misfit.failure().reason())
                        .isEqualTo("made [144p] instead of [240p, 360p]"));
    }

    private static Map<String, String> unknown() {
        Map<String, String> inits = new HashMap<>();
        inits.put("240p", null);
        inits.put("360p", null);
        return inits;
    }
}
