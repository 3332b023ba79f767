package dev.rivulet.encode;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Renewal;
import dev.rivulet.testing.Sources;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final UnavailableException AWAY = new UnavailableException("PostgreSQL", new Exception("refused"));

    private final Queue<Future<Renewal>> answers = new ArrayDeque<>();
    private long clock;
    private int pauses;

    private final LeaseKeeper keeper = new LeaseKeeper(
            (TaskStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, args) -> {
                        assertThat(method.getName()).isEqualTo("renew");
                        return answers.remove();
                    }),
            new Settings.Lease(LEASE, Duration.ofSeconds(5)),
            () -> clock,
            pause -> {
                pauses++;
                clock += pause.toNanos();
                return Future.succeededFuture();
            });
    private final RunningTask task = task(1);

    @Test
    void aRenewalCountsFromTheQuestion() {
        Promise<Renewal> answer = Promise.promise();
        answers.add(answer.future());
        clock = seconds(10);
        Future<List<RunningTask>> lost = keeper.renew(List.of(task));
        clock = seconds(20);
        assertThat(task.held().open()).isFalse();
        answer.complete(new Renewal(List.of(task.lease()), List.of()));
        assertThat(await(lost)).isEmpty();
        assertThat(task.held().open()).isTrue();
        clock = seconds(25);
        assertThat(task.held().open()).isFalse();
    }

    @Test
    void whatIsLostIsToldAndWhatIsBusyIsNot() {
        RunningTask busy = task(2);
        answers.add(Future.succeededFuture(new Renewal(List.of(), List.of(task.lease()))));
        assertThat(await(keeper.renew(List.of(task, busy)))).containsExactly(task);
        assertThat(task.held().lost()).isTrue();
        assertThat(busy.held().lost()).isFalse();
        clock = seconds(15);
        assertThat(busy.held().open()).isFalse();
    }

    @Test
    void onlyOneQuestionIsOnItsWay() {
        Promise<Renewal> answer = Promise.promise();
        answers.add(answer.future());
        Future<List<RunningTask>> first = keeper.renew(List.of(task));
        assertThat(await(keeper.renew(List.of(task)))).isEmpty();
        answer.fail(AWAY);
        assertThat(await(first)).isEmpty();
        answers.add(Future.succeededFuture(new Renewal(List.of(task.lease()), List.of())));
        await(keeper.renew(List.of(task)));
        assertThat(answers).isEmpty();
        assertThat(await(keeper.renew(List.of()))).isEmpty();
    }

    @Test
    void asLongAsTheLeaseHoldsNobodyIsAsked() {
        assertThat(await(keeper.holds(task))).isTrue();
        assertThat(pauses).isZero();
    }

    @Test
    void afterItsEndTheDatabaseIsAskedUntilItAnswers() {
        clock = seconds(60);
        answers.add(Future.failedFuture(AWAY));
        answers.add(Future.failedFuture(AWAY));
        answers.add(Future.succeededFuture(new Renewal(List.of(), List.of())));
        answers.add(Future.succeededFuture(new Renewal(List.of(task.lease()), List.of())));
        assertThat(await(keeper.holds(task))).isTrue();
        assertThat(pauses).isEqualTo(3);
        assertThat(answers).isEmpty();
    }

    @Test
    void whatAChangeOfThePlanTookAwayIsNotConfirmedAlthoughTheLeaseIsOpen() {
        answers.add(Future.succeededFuture(new Renewal(List.of(task.lease()), List.of())));
        assertThat(await(keeper.confirmed(task))).isTrue();
        answers.add(Future.succeededFuture(new Renewal(List.of(), List.of(task.lease()))));
        assertThat(await(keeper.confirmed(task))).isFalse();
        assertThat(await(keeper.confirmed(task))).isFalse();
        assertThat(answers).isEmpty();
    }

    @Test
    void aTaskThatWasTakenBackIsNotHeldAndNotAskedForAgain() {
        clock = seconds(60);
        answers.add(Future.succeededFuture(new Renewal(List.of(), List.of(task.lease()))));
        assertThat(await(keeper.holds(task))).isFalse();
        assertThat(await(keeper.holds(task))).isFalse();
    }

    @Test
    void aDefectIsNotTriedAgainAndAStopEndsTheWaiting() {
        IllegalStateException defect = new IllegalStateException();
        assertThat(failure(keeper.untilAnswered(() -> Future.failedFuture(defect))))
                .isEqualTo(defect);
        keeper.stop();
        assertThat(failure(keeper.untilAnswered(() -> Future.failedFuture(AWAY))))
                .isEqualTo(AWAY);
        assertThat(pauses).isZero();
    }

    private RunningTask task(long id) {
        return new RunningTask(
                new Claim(
                        new Lease(new TaskId(id), new UUID(1, id), 1),
                        VideoId.random(),
                        TaskKind.CHUNK,
                        0,
                        0,
                        0,
                        0,
                        false,
                        Sources.of(320, 240).plan()),
                0,
                new LocalLease(LEASE, clock, () -> clock));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
