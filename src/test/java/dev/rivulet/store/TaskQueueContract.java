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
        await(queue().offer(List.of(new Offer(new TaskId(3), TaskClass.LOWEST, "local", 5, 1))));
        await(queue().offer(List.of(new Offer(new TaskId(4), TaskClass.LOWEST, "local", Integer.MIN_VALUE, 1))));
        await(queue().offer(List.of(new Offer(new TaskId(5), TaskClass.LOWEST, "local", Integer.MAX_VALUE, 1))));
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
        Future<List<TaskId>> taker = queue().take(1, LONG);
        await(queue().offer(List.of(offer(7, TaskClass.TOP))));
        assertThat(await(taker)).containsExactly(new TaskId(7));
    }

    @Test
    void patienceEnds() {
        assertThat(await(queue().take(1, Duration.ofMillis(20)))).isEmpty();
        assertThat(await(queue().take(1, AT_ONCE))).isEmpty();
    }

    @Test
    void manyTakersGetEachTaskOnce() {
        List<Future<List<TaskId>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(queue().take(1, LONG));
        }
        await(queue().offer(LongStream.rangeClosed(1, 8)
                .mapToObj(id -> offer(id, TaskClass.MIDDLE))
                .toList()));
        assertThat(takers.stream().map(taker -> await(taker).get(0).value()))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void waitingTakersHoldUpNobody() {
        List<Future<List<TaskId>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(queue().take(1, Duration.ofSeconds(2)));
        }
        together(20, () -> queue().ping().map(true));
        assertThat(takers).noneMatch(Future::isComplete);
        await(queue().offer(LongStream.rangeClosed(1, 8)
                .mapToObj(id -> offer(id, TaskClass.MIDDLE))
                .toList()));
        takers.forEach(taker -> assertThat(await(taker)).hasSize(1));
    }

    @Test
    void severalAreTakenAtOnceInOrder() {
        await(queue().offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.LOWEST), offer(3, TaskClass.PREVIEW))));
        assertThat(await(queue().take(2, LONG))).containsExactly(new TaskId(3), new TaskId(2));
        assertThat(await(queue().take(2, LONG))).containsExactly(new TaskId(1));
    }

    @Test
    void usersTakeTurnsWithinAClass() {
        await(queue().offer(List.of(
                offer(11, TaskClass.LOWEST, "ann"),
                offer(12, TaskClass.LOWEST, "ann"),
                offer(13, TaskClass.LOWEST, "ann"),
                offer(21, TaskClass.LOWEST, "bob"),
                offer(22, TaskClass.LOWEST, "bob"),
                offer(23, TaskClass.MIDDLE, "bob"),
                offer(31, TaskClass.LOWEST, "cid:1"))));
        List<Long> order = taken(8);
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(11L, 21L, 31L);
        assertThat(order.subList(3, 5)).containsExactlyInAnyOrder(12L, 22L);
        assertThat(order.subList(5, 7)).containsExactly(13L, 23L);
    }

    @Test
    void priorityCountsWithinTheOwnShareOnly() {
        await(queue().offer(List.of(offer(11, TaskClass.TOP, "ann"), offer(12, TaskClass.TOP, "ann"))));
        await(queue().offer(List.of(
                new Offer(new TaskId(21), TaskClass.TOP, "bob", 1000, 1),
                new Offer(new TaskId(22), TaskClass.TOP, "bob", 1000, 1))));
        await(queue().offer(List.of(new Offer(new TaskId(13), TaskClass.TOP, "ann", 1, 1))));
        List<Long> order = taken(5);
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder(13L, 21L);
        assertThat(order.subList(2, 4)).containsExactlyInAnyOrder(11L, 22L);
        assertThat(order.get(4)).isEqualTo(12L);
    }

    @Test
    void thousandTasksOfOneUserDelayAnotherByOneEach() {
        await(queue().offer(many(1, 1000, "ann")));
        assertThat(taken(50)).hasSize(50);
        await(queue().offer(many(2001, 3, "zoe")));
        List<Long> order = taken(6);
        assertThat(order.stream().filter(task -> task > 2000)).containsExactly(2001L, 2002L, 2003L);
        assertThat(order.subList(0, 2)).contains(2001L);
    }

    @Test
    void whoWasAwayHasSavedNothingUp() {
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST, "zoe"))));
        await(queue().offer(many(11, 100, "ann")));
        assertThat(taken(80)).contains(1L);
        await(queue().offer(many(1001, 100, "zoe")));
        assertThat(taken(10).stream().filter(task -> task > 1000)).hasSize(5);
    }

    @Test
    void comingBackAtOnceGivesNoSecondTurn() {
        await(queue().offer(many(11, 10, "zoe")));
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST, "ann"))));
        List<Long> order = new ArrayList<>();
        for (long task = 2; task < 8; task++) {
            order.addAll(taken(1));
            await(queue().offer(List.of(offer(task, TaskClass.LOWEST, "ann"))));
        }
        assertThat(order.stream().filter(task -> task > 10)).hasSize(3);
    }

    @Test
    void takersShareWhatThereIsWithoutLossOrDouble() {
        await(queue().offer(many(1, 400, "ann")));
        await(queue().offer(many(1001, 400, "bob")));
        List<TaskId> taken = together(40, () -> queue().take(20, AT_ONCE)).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(taken).hasSize(800).doesNotHaveDuplicates();
        assertThat(await(queue().depth()).values()).containsOnly(0L);
    }

    @Test
    void depthCountsEveryClass() {
        await(queue().offer(List.of(
                new Offer(new TaskId(1), TaskClass.PREVIEW, "local", Integer.MIN_VALUE, 1),
                new Offer(new TaskId(2), TaskClass.LOWEST, "local", Integer.MAX_VALUE, 1),
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
    void aTakerThatWaitsOutlivesTheLossOfEverything() {
        List<Future<List<TaskId>>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takers.add(queue().take(1, LONG));
        }
        together(5, () -> queue().ping().map(true));
        forget();
        await(queue().offer(many(1, 4, "ann")));
        assertThat(takers.stream().map(taker -> await(taker).get(0).value())).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void whatWasForgottenMayBeOfferedAgain() {
        List<Offer> offers = List.of(offer(1, TaskClass.LOWEST), offer(2, TaskClass.PREVIEW));
        await(queue().offer(offers));
        Future<List<TaskId>> early = queue().take(1, LONG);
        assertThat(await(early)).containsExactly(new TaskId(2));
        forget();
        Future<List<TaskId>> taker = queue().take(1, LONG);
        await(queue().offer(offers));
        assertThat(await(taker)).containsExactly(new TaskId(2));
        assertThat(taken(2)).containsExactly(1L);
    }

    protected static Offer offer(long id, TaskClass taskClass, String user) {
        return new Offer(new TaskId(id), taskClass, user, 0, 1);
    }

    protected static List<Offer> many(long first, int count, String user) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> offer(id, TaskClass.LOWEST, user))
                .toList();
    }

    protected static Offer offer(long id, TaskClass taskClass) {
        return offer(id, taskClass, "local");
    }

    /** Takes at most so many, without waiting. */
    protected final List<Long> taken(int most) {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            await(queue().take(1, AT_ONCE)).forEach(task -> taken.add(task.value()));
        }
        return taken;
    }
}
