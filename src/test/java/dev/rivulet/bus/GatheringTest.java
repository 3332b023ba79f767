package dev.rivulet.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<List<Integer>> runs = new ArrayList<>();
    private final Deque<Promise<String>> answers = new ArrayDeque<>();
    private final Deque<Promise<Void>> pauses = new ArrayDeque<>();
    private boolean paused;
    private final Gathering<Integer, String> gathering = new Gathering<>(
            10,
            () -> {
                pauses.add(Promise.promise());
                return paused ? pauses.getLast().future() : Future.succeededFuture();
            },
            keys -> {
                if (keys.contains(13)) {
                    throw new IllegalStateException("unlucky");
                }
                runs.add(List.copyOf(keys));
                answers.add(Promise.promise());
                return answers.getLast().future();
            });

    @Test
    void theFirstRunsAtOnceAndTheOthersTogether() {
        Future<String> first = gathering.run(1);
        Future<String> second = gathering.run(2);
        Future<String> third = gathering.run(3);
        gathering.run(2);
        assertThat(runs).containsExactly(List.of(1));

        answers.remove().complete("one");
        assertThat(first.result()).isEqualTo("one");
        assertThat(runs).containsExactly(List.of(1), List.of(2, 3));
        answers.remove().complete("two");
        assertThat(second.result()).isEqualTo("two");
        assertThat(third.result()).isEqualTo("two");
    }

    @Test
    void whatIsAskedForDuringItsOwnRunIsDoneAgain() {
        gathering.run(1);
        gathering.run(1);
        answers.remove().complete("");
        assertThat(runs).containsExactly(List.of(1), List.of(1));
    }

    @Test
    void aPauseGathersMoreAndAnswersAreNotHeldBackByIt() {
        paused = true;
        Future<String> first = gathering.run(1);
        answers.remove().complete("");
        assertThat(first.succeeded()).isTrue();
        gathering.run(2);
        gathering.run(3);
        assertThat(runs).hasSize(1);
        pauses.remove().complete();
        assertThat(runs).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void noRunHasMoreThanTheMost() {
        gathering.run(0);
        IntStream.range(100, 125).forEach(gathering::run);
        for (int i = 0; i < 4; i++) {
            answers.remove().complete("");
        }
        assertThat(runs).extracting(List::size).containsExactly(1, 10, 10, 5);
    }

    @Test
    void aFailureIsToldAndStopsNobodyElse() {
        Future<String> thrown = gathering.run(13);
        Future<String> failed = gathering.run(1);
        answers.remove().fail("no");
        Future<String> after = gathering.run(2);
        answers.remove().complete("yes");
        assertThat(thrown.cause()).hasMessage("unlucky");
        assertThat(failed.cause()).hasMessage("no");
        assertThat(after.result()).isEqualTo("yes");
    }

    @Test
    void theEndWaitsForWhatIsUnderWayAndBeginsNothing() {
        gathering.run(1);
        gathering.run(2);
        Future<Void> end = gathering.end();
        assertThat(end.isComplete()).isFalse();
        answers.remove().fail("no");
        assertThat(end.succeeded()).isTrue();
        assertThat(runs).containsExactly(List.of(1));
    }
}
