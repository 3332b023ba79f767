package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final TaskIntake.Gate OPEN = new TaskIntake.Gate() {
        @Override
        public Future<Void> take() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> claim() {
            return Future.succeededFuture();
        }
    };

    /** What each kind of slot asks for, by the least urgent class that it takes. */
    private final Map<TaskClass, List<Integer>> asked = new EnumMap<>(TaskClass.class);

    private final List<Promise<List<TaskId>>> urgentAnswers = new ArrayList<>();
    private final Slots slots = new Slots(2, 2, this::intake);
    private int next;

    @BeforeEach
    void open() {
        slots.open();
        asked.clear();
    }

    @Test
    void urgentSlotsTakeNothingWhileNoLastingTaskHoldsAnother() {
        slots.began(task(0, TaskKind.CHUNK, 0));
        slots.began(task(1, TaskKind.POSTER, 0));
        assertThat(asked).isEmpty();
    }

    @Test
    void eachLastingTaskOpensAnUrgentSlot() {
        slots.began(task(0, TaskKind.CHUNK, 1));
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1);
        slots.began(task(1, TaskKind.AUDIO, 0));
        answer();
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1, 2);
    }

    @Test
    void anUrgentSlotThatWorksCountsUntilItIsFreeAgain() {
        slots.began(task(0, TaskKind.CHUNK, 2));
        RunningTask urgent = task(2, TaskKind.CHUNK, 0);
        slots.began(urgent);
        answer();
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1);
        slots.ended(urgent);
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1, 1);
    }

    @Test
    void soundInAnUrgentSlotTakesNobodysPlace() {
        slots.began(task(0, TaskKind.AUDIO, 0));
        slots.began(task(2, TaskKind.AUDIO, 0));
        answer();
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1, 1);
    }

    @Test
    void theSlotClosesWhenTheLastingTaskHasEnded() {
        RunningTask lasting = task(1, TaskKind.MEZZANINE, 0);
        slots.began(lasting);
        slots.ended(lasting);
        answer();
        assertThat(asked.get(TaskClass.LOWEST)).containsExactly(1);
    }

    /** One that is asked for answers nothing. */
    private void answer() {
        urgentAnswers.remove(0).complete(List.of());
    }

    private TaskIntake intake(TaskIntake.Share share) {
        return new TaskIntake(
                queue(),
                (TaskStore) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (store, method, words) -> {
                            throw new AssertionError(method);
                        }),
                share,
                new TaskIntake.Claimant("w", Duration.ofSeconds(15), () -> 0),
                OPEN,
                task -> {
                    throw new AssertionError(task);
                },
                again -> {
                    throw new AssertionError("again");
                });
    }

    private TaskQueue queue() {
        return (TaskQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskQueue.class}, (queue, method, words) -> {
                    assertThat(method.getName()).isEqualTo("take");
                    asked.computeIfAbsent((TaskClass) words[0], last -> new ArrayList<>())
                            .add((Integer) words[1]);
                    Promise<List<TaskId>> answer = Promise.promise();
                    if (words[0] == TaskClass.LOWEST) {
                        urgentAnswers.add(answer);
                    }
                    return answer.future();
                });
    }

    private RunningTask task(int slot, TaskKind kind, int tier) {
        Lease lease = new Lease(new TaskId(next), new UUID(0, next++), 1);
        Claim claim = new Claim(lease, new VideoId(new UUID(1, 1)), kind, tier, 0, 0, 0, false, Samples.plan(20));
        return new RunningTask(claim, slot, new LocalLease(Duration.ofSeconds(15), 0, () -> 0));
    }
}
