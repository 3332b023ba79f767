package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownPlansTest {
    private static final VideoId VIDEO = VideoId.random();

    private final KnownPlans plans = new KnownPlans();

    @Test
    void anotherNumberIsAnotherPlan() {
        plans.keep(VIDEO, 3, Samples.plan(30));
        MediaPlan later = Samples.plan(60);
        plans.keep(VIDEO, 4, later);
        assertThat(plans.find(VIDEO)).isEqualTo(new KnownPlans.Known(4, later));
        assertThat(KnownPlans.number(plans.find(VIDEO))).isEqualTo(4);
        assertThat(KnownPlans.number(plans.find(VideoId.random()))).isEqualTo(KnownPlans.NONE);
    }

    @Test
    void thoseThatNobodyHasAskedForAreForgotten() {
        MediaPlan long_ = Samples.lowest(60_000);
        List<VideoId> films = Stream.generate(VideoId::random).limit(4).toList();
        for (VideoId film : films) {
            plans.keep(film, 0, long_);
            assertThat(plans.find(films.get(0))).isNotNull();
        }
        assertThat(films).filteredOn(film -> plans.find(film) == null).containsExactly(films.get(1));
    }
}
