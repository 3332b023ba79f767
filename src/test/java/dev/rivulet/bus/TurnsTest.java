package dev.rivulet.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns<String> turns = new Turns<>();
    private final List<Promise<Void>> runs = new ArrayList<>();
    private final Supplier<Future<Void>> work = () -> {
        Promise<Void> run = Promise.promise();
        runs.add(run);
        return run.future();
    };

    @Test
    void workBeginsAtOnce() {
        Future<Void> done = turns.run("a", work);

        assertThat(runs).hasSize(1);
        assertThat(done.isComplete()).isFalse();
        runs.get(0).complete();
        assertThat(done.succeeded()).isTrue();
    }

    @Test
    void oneRunsAtATimeForEachKey() {
        Future<Void> first = turns.run("a", work);
        Future<Void> second = turns.run("a", work);
        turns.run("b", work);

        assertThat(runs).hasSize(2);
        runs.get(0).complete();
        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
        assertThat(runs).hasSize(3);
        runs.get(2).complete();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void howeverOftenItIsAskedForItRunsOnceMore() {
        turns.run("a", work);
        List<Future<Void>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(turns.run("a", work));
        }

        runs.get(0).complete();
        runs.get(1).complete();

        assertThat(runs).hasSize(2);
        assertThat(asked).allMatch(Future::succeeded);
    }

    @Test
    void whatIsAskedForDuringTheSecondRunIsDoneInAThird() {
        turns.run("a", work);
        turns.run("a", work);
        runs.get(0).complete();
        Future<Void> third = turns.run("a", work);

        runs.get(1).complete();
        assertThat(runs).hasSize(3);
        assertThat(third.isComplete()).isFalse();
        runs.get(2).complete();
        assertThat(third.succeeded()).isTrue();
    }

    @Test
    void aFailureIsItsOwnRunsAlone() {
        Future<Void> first = turns.run("a", work);
        Future<Void> second = turns.run("a", work);

        runs.get(0).fail("no");
        runs.get(1).complete();

        assertThat(first.failed()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(turns.run("a", work).isComplete()).isFalse();
        assertThat(runs).hasSize(3);
    }

    @Test
    void workThatThrowsHasFailed() {
        Future<Void> thrown = turns.run("a", () -> {
            throw new IllegalStateException("no");
        });

        assertThat(thrown.failed()).isTrue();
        turns.run("a", work);
        assertThat(runs).hasSize(1);
    }

    @Test
    void nothingIsKeptOfWhatIsDone() throws Exception {
        for (int i = 0; i < 1000; i++) {
            String key = "key " + i;
            turns.run(key, work);
            turns.run(key, work);
            runs.get(runs.size() - 1).tryComplete();
            if (i % 2 == 0) {
                runs.get(runs.size() - 1).tryFail("no");
            }
            runs.get(runs.size() - 1).tryComplete();
        }
        turns.run("at once", Future::succeededFuture);
        turns.run("never", () -> Future.failedFuture("no"));

        assertThat(kept()).isEmpty();
    }

    @Test
    void theEndWaitsForWhatRunsAndBeginsNothing() {
        Future<Void> well = turns.run("a", work);
        Future<Void> again = turns.run("a", work);
        Future<Void> ill = turns.run("b", work);

        Future<Void> end = turns.end();
        assertThat(turns.run("c", work).succeeded()).isTrue();
        runs.get(0).complete();
        assertThat(well.succeeded()).isTrue();
        assertThat(again.succeeded()).isTrue();
        assertThat(end.isComplete()).isFalse();
        runs.get(1).fail("no");
        assertThat(ill.failed()).isTrue();
        assertThat(end.succeeded()).isTrue();
        assertThat(runs).hasSize(2);
    }

    private Map<?, ?> kept() throws ReflectiveOperationException {
        Field field = Turns.class.getDeclaredField("turns");
        field.setAccessible(true);
        return (Map<?, ?>) field.get(turns);
    }
}
