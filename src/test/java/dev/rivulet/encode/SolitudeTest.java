package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SolitudeTest {
    private final Solitude solitude = new Solitude();

    @Test
    void tasksRunBesideEachOther() {
        assertThat(enter(false, false, false)).allMatch(Future::succeeded);
        assertThat(solitude.open().succeeded()).isTrue();
    }

    @Test
    void whoWantsToBeAloneBeginsWhenNoOtherRuns() {
        enter(false, false);
        Future<Void> alone = solitude.enter(true);
        solitude.leave();
        assertThat(alone.isComplete()).isFalse();

        solitude.leave();
        assertThat(alone.succeeded()).isTrue();
    }

    @Test
    void nobodyBeginsBesideOneWhoIsAlone() {
        assertThat(solitude.enter(true).succeeded()).isTrue();
        List<Future<Void>> others = enter(false, true, false);
        assertThat(others).noneMatch(Future::isComplete);

        solitude.leave();
        assertThat(others).extracting(Future::isComplete).containsExactly(true, false, false);
        solitude.leave();
        assertThat(others).extracting(Future::isComplete).containsExactly(true, true, false);
        solitude.leave();
        assertThat(others).allMatch(Future::succeeded);
    }

    @Test
    void whoWaitsToBeAloneIsNotPassed() {
        enter(false);
        Future<Void> alone = solitude.enter(true);
        Future<Void> later = solitude.enter(false);
        assertThat(List.of(alone, later)).noneMatch(Future::isComplete);

        solitude.leave();
        assertThat(alone.succeeded()).isTrue();
        assertThat(later.isComplete()).isFalse();
    }

    @Test
    void moreWorkIsTakenWhenNobodyHasOrWantsTheNodeAlone() {
        enter(false);
        Future<Void> alone = solitude.enter(true);
        Future<Void> open = solitude.open();
        assertThat(open.isComplete()).isFalse();

        solitude.leave();
        assertThat(alone.succeeded()).isTrue();
        assertThat(open.isComplete()).isFalse();
        solitude.leave();
        assertThat(open.succeeded()).isTrue();
    }

    @Test
    void anOpeningStartsWhatMayEnterAgain() {
        solitude.enter(true);
        Future<Void> again = solitude.open().compose(opened -> solitude.enter(true));

        solitude.leave();
        assertThat(again.succeeded()).isTrue();
        assertThat(solitude.open().isComplete()).isFalse();
    }

    private List<Future<Void>> enter(boolean... alone) {
        return Stream.iterate(0, i -> i + 1)
                .limit(alone.length)
                .map(i -> solitude.enter(alone[i]))
                .toList();
    }
}
