package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;

class GrowingPlanTest {
    private static final Rational LEAD = Rational.of(3);

    @Test
    void theWholeTakesOverWhatWasPlannedOfItsBeginning() {
        MediaPlan begun = beginning(film("12"), 12);
        MediaPlan more = begun.continued(beginning(film("30"), 30)).orElseThrow();
        MediaPlan whole = more.completed(plan(film("61"))).orElseThrow();

        assertThat(begun.open()).isTrue();
        assertThat(begun.chunks().chunks()).hasSize(2);
        assertThat(begun.grid().duration()).isEqualTo(Rational.of(12));
        assertThat(more.chunks().chunks().subList(0, 2))
                .isEqualTo(begun.chunks().chunks());
        assertThat(more.chunks().share()).isEqualTo(0.5);
        assertThat(whole.open()).isFalse();
        assertThat(whole.grid().duration()).isEqualTo(Rational.of(61));
        assertThat(whole.chunks().lead()).isEqualTo(LEAD);
        assertThat(whole.chunks().share()).isEqualTo(1);
        assertThat(whole.audio()).isEqualTo(begun.audio());
    }

    @Test
    void aPlanThatGoesNoFartherIsNone() {
        MediaPlan begun = beginning(film("12"), 12);

        assertThat(begun.continued(begun)).isEmpty();
        assertThat(begun.continued(beginning(film("30").rate("25"), 30))).isEmpty();
    }

    @Test
    void anotherFilmDoesNotTakeOver() {
        MediaPlan begun = beginning(film("12"), 12);

        assertThat(begun.completed(plan(film("61").rate("25")))).isEmpty();
        assertThat(begun.completed(plan(film("61").starting("0.1")))).isEmpty();
        assertThat(begun.completed(plan(film("61").rotated(90)))).isEmpty();
        assertThat(begun.completed(
                        plan(Sources.of(1280, 720).rate("30").lasting("61").sound("0", "61"))))
                .isEmpty();
        assertThat(begun.completed(plan(film("61")).sequential())).isEmpty();
        assertThat(begun.sequential().completed(plan(film("61")))).isEmpty();
        assertThat(begun.completed(plan(film("9")))).isEmpty();
        assertThat(plan(film("12")).completed(plan(film("61")))).isEmpty();
    }

    private static Sources film(String seconds) {
        return Sources.of(640, 360).rate("30").lasting(seconds).sound("0", seconds);
    }

    private static MediaPlan plan(Sources source) {
        return source.plan();
    }

    private static MediaPlan beginning(Sources source, int seconds) {
        SourceInfo info = source.info();
        return MediaPlan.beginning(
                info.begun(Rational.of(seconds)),
                Sources.LADDER,
                Rational.of(3),
                4,
                Rational.of(seconds),
                new MediaPlan.Share(LEAD, 0.5));
    }
}
