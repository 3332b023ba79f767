package dev.rivulet.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.Samples;
import org.junit.jupiter.api.Test;

class GrowingVideoTest {
    /** As two readers of the same row have it: to compare them takes long where there are many chunks. */
    @Test
    void thePlanThatWasReadTwiceIsComparedOnce() {
        MediaPlan first = Samples.plan(600);
        GrowingVideo film = new GrowingVideo(first, 0);
        MediaPlan same = Samples.plan(600);
        assertThat(same).isNotSameAs(first);
        assertThat(film.trueFor(same, 0)).isTrue();
        assertThat(film.plan()).isSameAs(same);
    }

    @Test
    void whatIsKnownIsTrueForItsPlanAndItsCountsOnly() {
        MediaPlan plan = Samples.plan(600);
        GrowingVideo film = new GrowingVideo(plan, 0);
        assertThat(film.trueFor(Samples.plan(300), 0)).isFalse();
        assertThat(film.trueFor(plan, 1)).isFalse();
        assertThat(film.plan()).isSameAs(plan);
        assertThat(film.trueFor(plan, 0)).isTrue();
    }
}
