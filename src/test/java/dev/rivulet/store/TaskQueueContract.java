package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.TaskStore.Offer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue of tasks owes those who offer and those who take. */
public abstract class TaskQueueContract {
    protected static final Duration LONG = Duration.ofSeconds(15);
    protected static final Duration AT_ONCE = Duration.ZERO;

    protected abstract TaskQueue queue();

    /** Makes the queue forget everything. */
    protected abstract void forget();

    @BeforeEach
    void empty() {
        forget();
    }

    @Test
    void theMostUrgentClassIsTakenFirstThenWhatWasOfferedFirst() {
        await(queue().offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.LOWEST), offer(3, TaskClass.LOWEST))));
        await(queue().offer(
                        List.of(offer(4, TaskClass.PREVIEW), offer(5, TaskClass.MIDDLE), offer(6, TaskClass.LOWEST))));
        assertThat(taken(7)).containsExactly(4L, 2L, 3L, 6L, 5L, 1L);
    }

    @Test
    void priorityMovesForwardWithinTheClassOnly() {
        await(queue().offer(List.of(offer(1, TaskClass.PREVIEW), offer(2, TaskClass.LOWEST))));
        await(queue().offer(List.of(new Offer(new TaskId(3), TaskClass.LOWEST, 5))));
        await(queue().offer(List.of(new Offer(new TaskId(4), TaskClass.LOWEST, Integer.MIN_VALUE))));
        await(queue().offer(List.of(new Offer(new TaskId(5), TaskClass.LOWEST, Integer.MAX_VALUE))));
        await(queue().offer(List.of(offer(6, TaskClass.MIDDLE))));
        assertThat(taken(6)).containsExactly(1L, 5L, 3L, 2L, 4L, 6L);
    }

    @Test
    void whatIsThereKeepsItsPlace() {
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST), offer(2, TaskClass.LOWEST))));
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST))));
        assertThat(taken(3)).containsExactly(1L, 2L);
    }

    @Test
    void videosWithSmallWindowsTakeTurns() {
        await(queue().offer(List.of(offer(11, TaskClass.LOWEST), offer(12, TaskClass.LOWEST))));
        await(queue().offer(List.of(offer(21, TaskClass.LOWEST), offer(22, TaskClass.LOWEST))));
        List<Long> order = new ArrayList<>();
        for (long more : List.of(13L, 14L, 23L, 24L)) {
            order.addAll(taken(1));
            await(queue().offer(List.of(offer(more, TaskClass.LOWEST))));
        }
        order.addAll(taken(4));
        assertThat(order).containsExactly(11L, 12L, 21L, 22L, 13L, 14L, 23L, 24L);
    }

    @Test
    void aTakerWaitsForAnOffer() {
        Future<Optional<TaskId>> taker = queue().take(LONG);
        await(queue().offer(List.of(offer(7, TaskClass.TOP))));
        assertThat(await(taker)).hasValue(new TaskId(7));
    }

    @Test
    void patienceEnds() {
        assertThat(await(queue().take(Duration.ofMillis(20)))).isEmpty();
        assertThat(await(queue().take(AT_ONCE))).isEmpty();
    }

    @Test
    void manyTakersGetEachTaskOnce() {
        List<Future<Optional<TaskId>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(queue().take(LONG));
        }
        await(queue().offer(LongStream.rangeClosed(1, 8)
                .mapToObj(id -> offer(id, TaskClass.MIDDLE))
                .toList()));
        assertThat(takers.stream().map(taker -> await(taker).orElseThrow().value()))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void waitingTakersHoldUpNobody() {
        List<Future<Optional<TaskId>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(queue().take(Duration.ofSeconds(2)));
        }
        together(20, () -> queue().ping().map(true));
        assertThat(takers).noneMatch(Future::isComplete);
        await(queue().offer(LongStream.rangeClosed(1, 8)
                .mapToObj(id -> offer(id, TaskClass.MIDDLE))
                .toList()));
        takers.forEach(taker -> assertThat(await(taker)).isPresent());
    }

    @Test
    void whatIsWithdrawnIsNotTaken() {
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST), offer(2, TaskClass.LOWEST))));
        await(queue().withdraw(List.of(new TaskId(1), new TaskId(99))));
        await(queue().withdraw(List.of()));
        assertThat(taken(2)).containsExactly(2L);
    }

    @Test
    void depthCountsEveryClass() {
        await(queue().offer(List.of(
                new Offer(new TaskId(1), TaskClass.PREVIEW, Integer.MIN_VALUE),
                new Offer(new TaskId(2), TaskClass.LOWEST, Integer.MAX_VALUE),
                offer(3, TaskClass.TOP),
                offer(4, TaskClass.TOP))));
        assertThat(await(queue().depth()))
                .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(
                        TaskClass.PREVIEW, 1L, TaskClass.LOWEST, 1L, TaskClass.MIDDLE, 0L, TaskClass.TOP, 2L));
    }

    @Test
    void aLongBacklogKeepsItsOrder() {
        await(queue().offer(LongStream.rangeClosed(1, 1200)
                .mapToObj(id -> offer(id, TaskClass.MIDDLE))
                .toList()));
        assertThat(await(queue().depth()).get(TaskClass.MIDDLE)).isEqualTo(1200);
        assertThat(taken(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatWasForgottenMayBeOfferedAgain() {
        List<Offer> offers = List.of(offer(1, TaskClass.LOWEST), offer(2, TaskClass.PREVIEW));
        await(queue().offer(offers));
        Future<Optional<TaskId>> early = queue().take(LONG);
        assertThat(await(early)).hasValue(new TaskId(2));
        forget();
        Future<Optional<TaskId>> taker = queue().take(LONG);
        await(queue().offer(offers));
        assertThat(await(taker)).hasValue(new TaskId(2));
        assertThat(taken(2)).containsExactly(1L);
    }

    protected static Offer offer(long id, TaskClass taskClass) {
        return new Offer(new TaskId(id), taskClass, 0);
    }

    /** Takes at most so many, without waiting. */
    protected final List<Long> taken(int most) {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            await(queue().take(AT_ONCE)).ifPresent(task -> taken.add(task.value()));
        }
        return taken;
    }
}
