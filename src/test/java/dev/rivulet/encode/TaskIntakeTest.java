package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskIntakeTest {
    private static final MediaPlan PLAN = Samples.plan(20);

    private long clock;
    private int most = 9;
    private final Deque<Promise<List<TaskId>>> takes = new ArrayDeque<>();
    private final List<Integer> wanted = new ArrayList<>();
    private final List<Lease> released = new ArrayList<>();
    private final List<RunningTask> started = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private Runnable begun = () -> {};
    private Future<List<Claim>> claims = Future.succeededFuture(List.of());
    private Future<Void> open = Future.succeededFuture();
    private final TaskIntake intake = new TaskIntake(
            new Takes(),
            (TaskStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (store, method, words) -> {
                        if (method.getName().equals("claim")) {
                            return claims;
                        }
                        assertThat(method.getName()).isEqualTo("release");
                        released.add((Lease) words[0]);
                        return Future.succeededFuture();
                    }),
            new TaskIntake.Share(TaskClass.LOWEST, () -> most),
            new TaskIntake.Claimant("w", Duration.ofSeconds(15), () -> clock),
            new TaskIntake.Gate() {
                @Override
                public Future<Void> take() {
                    return open;
                }

                @Override
                public Future<Void> claim() {
                    return open;
                }
            },
            task -> {
                started.add(task);
                begun.run();
            },
            later::add);

    @Test
    void asManyAreWantedAsSlotsAreFreeInOneTakeAtATime() {
        Stream.of(0, 1, 2).forEach(intake::free);
        assertThat(wanted).containsExactly(1);

        claims = Future.succeededFuture(List.of(claim(1)));
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(started).extracting(RunningTask::slot).containsExactly(0);
        assertThat(wanted).containsExactly(1, 2);
    }

    /** Whatever time the answer takes, the lease may have begun when the question was sent. */
    @Test
    void aLeaseIsReckonedFromTheQuestion() {
        Promise<List<Claim>> answer = Promise.promise();
        claims = answer.future();
        intake.free(0);
        takes.remove().complete(List.of(new TaskId(1)));
        clock = Duration.ofSeconds(10).toNanos();
        answer.complete(List.of(claim(1)));
        RunningTask task = started.get(0);
        assertThat(task.held().open()).isTrue();
        clock = Duration.ofSeconds(15).toNanos();
        assertThat(task.held().open()).isFalse();
    }

    @Test
    void nothingIsTakenBeforeTheGateOpens() {
        Promise<Void> opening = Promise.promise();
        open = opening.future();
        Stream.of(0, 1).forEach(intake::free);
        assertThat(wanted).isEmpty();

        opening.complete();
        assertThat(wanted).containsExactly(2);
    }

    @Test
    void whatWasTakenIsClaimedOnlyWhenTheGateIsStillOpen() {
        intake.free(0);
        Promise<Void> opening = Promise.promise();
        open = opening.future();
        claims = Future.succeededFuture(List.of(claim(1)));
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(started).isEmpty();

        opening.complete();
        assertThat(started).hasSize(1);
    }

    @Test
    void aGateThatOpensAfterTheEndLetsNothingIn() {
        Promise<Void> opening = Promise.promise();
        open = opening.future();
        intake.free(0);
        intake.close();

        opening.complete();
        assertThat(wanted).isEmpty();
    }

    @Test
    void noMoreAreTakenThanItsShareHoweverManySlotsAreFree() {
        most = 0;
        Stream.of(0, 1, 2).forEach(intake::free);
        assertThat(wanted).isEmpty();

        most = 2;
        intake.look();
        assertThat(wanted).containsExactly(2);
    }

    /** A task that begins may make room for urgent ones, which are asked for at once: the slots of its neighbours are not free. */
    @Test
    void whoAsksWhileTasksAreBegunTakesNoSlotThatOneOfThemIsToHave() {
        most = 0;
        Stream.of(0, 1).forEach(intake::free);
        most = 2;
        begun = intake::look;
        intake.look();
        claims = Future.succeededFuture(List.of(claim(1), claim(2)));

        takes.remove().complete(List.of(new TaskId(1), new TaskId(2)));

        assertThat(started).extracting(RunningTask::slot).containsExactly(0, 1);
        assertThat(wanted).containsExactly(2);
        intake.free(1);
        assertThat(wanted).containsExactly(2, 1);
    }

    @Test
    void aShareThatIsGoneWhenTheGateOpensTakesNothing() {
        Promise<Void> opening = Promise.promise();
        open = opening.future();
        intake.free(0);
        most = 0;
        opening.complete();
        assertThat(wanted).isEmpty();
    }

    @Test
    void nothingIsTakenForBusySlots() {
        intake.free(0);
        claims = Future.succeededFuture(List.of(claim(1)));
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(takes).isEmpty();

        intake.free(0);
        assertThat(takes).hasSize(1);
    }

    @Test
    void whatIsNotToBeHadLeavesItsSlotFree() {
        intake.free(0);
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(started).isEmpty();
        takes.remove().complete(List.of());
        assertThat(wanted).containsExactly(1, 1, 1);
    }

    @Test
    void afterAFailureItTriesAgainLater() {
        intake.free(0);
        takes.remove().fail("no queue");
        intake.free(1);
        assertThat(takes).isEmpty();
        later.remove().run();
        claims = Future.failedFuture("no database");
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(takes).isEmpty();
        later.remove().run();
        assertThat(wanted).containsExactly(1, 2, 2);
    }

    @Test
    void whatIsClaimedWhileItClosesIsGivenBack() {
        intake.free(0);
        Promise<List<Claim>> claiming = Promise.promise();
        claims = claiming.future();
        takes.remove().complete(List.of(new TaskId(1)));
        Future<Void> closed = intake.close();
        assertThat(closed.isComplete()).isFalse();
        claiming.complete(List.of(claim(1)));
        assertThat(started).isEmpty();
        assertThat(released).containsExactly(claim(1).lease());
        assertThat(closed.succeeded()).isTrue();
        assertThat(takes).isEmpty();
    }

    @Test
    void whatIsTakenWhileItClosesIsNotClaimed() {
        intake.free(0);
        claims = Future.failedFuture(new AssertionError("claimed"));
        assertThat(intake.close().succeeded()).isTrue();
        takes.remove().complete(List.of(new TaskId(1)));
        assertThat(started).isEmpty();
        assertThat(released).isEmpty();
        assertThat(takes).isEmpty();
    }

    @Test
    void aClosedIntakeDoesNotTryAgain() {
        intake.free(0);
        intake.close();
        takes.remove().fail("no queue");
        assertThat(later).isEmpty();
    }

    private static Claim claim(long task) {
        return new Claim(
                new Lease(new TaskId(task), new UUID(0, task), 1),
                new VideoId(new UUID(1, 1)),
                TaskKind.CHUNK,
                0,
                0,
                0,
                0,
                false,
                PLAN);
    }

    /** A queue whose takes end when the test says so. */
    private final class Takes implements TaskQueue {
        @Override
        public Future<List<TaskId>> take(TaskClass last, int most, Duration patience) {
            assertThat(last).isEqualTo(TaskClass.LOWEST);
            wanted.add(most);
            takes.add(Promise.promise());
            return takes.getLast().future();
        }

        @Override
        public Future<Void> offer(List<TaskStore.Offer> offers) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Map<TaskClass, Long>> depth() {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Void> ping() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
