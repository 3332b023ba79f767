package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult.ChunkMade;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeamProofTest {
    @ParameterizedTest
    @CsvSource({"x, x, true", "x, y, false", ", y, true"})
    void aSeamHoldsWhenTheNextChunkBeginsWithTheFrameThatWasSeenNext(String seen, String first, boolean holds) {
        assertThat(SeamProof.holds(made("a", seen), made(first, "z"))).isEqualTo(holds);
    }

    @Test
    void thePrefixEndsAtTheFirstGap() {
        Map<Integer, ChunkMade> chunks = Map.of(0, made("a", "b"), 1, made("b", "c"), 3, made("d", null));

        assertThat(SeamProof.provenPrefix(chunks)).isEqualTo(2);
    }

    @Test
    void thePrefixEndsBeforeTheFirstUnprovenSeam() {
        Map<Integer, ChunkMade> chunks = Map.of(0, made("a", "b"), 1, made("x", "c"), 2, made("c", null));

        assertThat(SeamProof.provenPrefix(chunks)).isEqualTo(1);
    }

    @Test
    void withoutTheFirstChunkNothingIsProven() {
        assertThat(SeamProof.provenPrefix(Map.of())).isZero();
        assertThat(SeamProof.provenPrefix(Map.of(1, made("b", "c"), 2, made("c", null))))
                .isZero();
    }

    @Test
    void allThatFitIsProven() {
        Map<Integer, ChunkMade> chunks = Map.of(0, made("a", "b"), 1, made("b", "c"), 2, made("c", null));

        assertThat(SeamProof.provenPrefix(chunks)).isEqualTo(3);
    }

    private static ChunkMade made(String first, String next) {
        return new ChunkMade(75, first, next, false, Map.of());
    }
}
