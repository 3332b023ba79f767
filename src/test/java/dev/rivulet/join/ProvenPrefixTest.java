package dev.rivulet.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenPrefixTest {
    private static final MediaPlan PLAN = Samples.plan(60);

    private final ProvenPrefix prefix = new ProvenPrefix("144p");

    @Test
    void itGrowsByWhatJoinsAndNoFurther() {
        assertThat(prefix.next()).isZero();
        prefix.grow(Map.of(1, chunk(1)));
        assertThat(prefix.durations()).isEmpty();
        assertThat(prefix.codecs()).isEmpty();

        prefix.grow(Map.of(0, chunk(0), 1, chunk(1), 3, chunk(3)));
        assertThat(prefix.next()).isEqualTo(2);
        assertThat(prefix.durations()).containsExactly(Rational.of(3), Rational.of(3));
        assertThat(prefix.codecs()).isEqualTo("avc1.64001f");

        prefix.grow(Map.of(2, chunk(2), 3, chunk(3)));
        assertThat(prefix.next()).isEqualTo(4);
    }

    @Test
    void aSeamThatDoesNotFitEndsIt() {
        prefix.grow(Map.of(0, chunk(0), 1, Samples.chunk(PLAN, 0, 1, "another", "frame-2"), 2, chunk(2)));
        assertThat(prefix.next()).isEqualTo(1);
        prefix.grow(Map.of(1, Samples.chunk(PLAN, 0, 1, "another", "frame-2")));
        assertThat(prefix.next()).isEqualTo(1);
        prefix.grow(Map.of(1, chunk(1)));
        assertThat(prefix.next()).isEqualTo(2);
    }

    private static ChunkMade chunk(int chunk) {
        return Samples.chunk(PLAN, 0, chunk);
    }
}
