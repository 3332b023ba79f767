package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
    private Future<?> depth = Future.failedFuture("no queue");
    private int asked;
    private long now;
    private final Threads threads = new Threads(
            (TaskQueue) Proxy.newProxyInstance(
                    TaskQueue.class.getClassLoader(), new Class<?>[] {TaskQueue.class}, (self, method, words) -> {
                        asked++;
                        return depth;
                    }),
            8,
            () -> now);

    @ParameterizedTest
    @CsvSource({"0, 8", "1, 4", "3, 2", "7, 1", "1000, 1"})
    void theLastTasksShareTheSlots(long waiting, int each) {
        waiting(waiting);
        assertThat(threads.of(claim(false)).result()).isEqualTo(each);
    }

    @Test
    void tasksThatBeginTogetherAskOnce() {
        waiting(0);
        threads.of(claim(false));
        waiting(7);
        now += Duration.ofMillis(20).toNanos();
        assertThat(threads.of(claim(false)).result()).isEqualTo(8);
        now++;
        assertThat(threads.of(claim(false)).result()).isEqualTo(1);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whatIsTakenDoesNotWaitAnyMore() {
        waiting(3);
        assertThat(Stream.generate(() -> threads.of(claim(false)).result()).limit(5))
                .containsExactly(2, 2, 4, 8, 8);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void lessUrgentTasksLeaveTheCoresToTheLastUrgentOnes() {
        depth = Future.succeededFuture(Map.of(TaskClass.PREVIEW, 0L, TaskClass.LOWEST, 1L, TaskClass.TOP, 100L));
        assertThat(threads.of(chunk(0)).result()).isEqualTo(4);
        assertThat(threads.of(chunk(2)).result()).isEqualTo(1);
        assertThat(threads.of(chunk(0)).result()).isEqualTo(8);
    }

    @Test
    void whatALessUrgentTaskTookIsStillWaitedFor() {
        depth = Future.succeededFuture(Map.of(TaskClass.LOWEST, 1L, TaskClass.TOP, 2L));
        assertThat(threads.of(chunk(2)).result()).isEqualTo(2);
        assertThat(threads.of(chunk(0)).result()).isEqualTo(4);
        assertThat(threads.of(chunk(2)).result()).isEqualTo(4);
    }

    @Test
    void oneWhereMemoryIsShort() {
        assertThat(threads.of(claim(true)).result()).isEqualTo(1);
        assertThat(asked).isZero();
    }

    @Test
    void oneWithoutAQueueWhichIsAskedAgain() {
        assertThat(threads.of(claim(false)).result()).isEqualTo(1);
        waiting(0);
        assertThat(threads.of(claim(false)).result()).isEqualTo(8);
    }

    private void waiting(long number) {
        depth = Future.succeededFuture(Map.of(TaskClass.LOWEST, number, TaskClass.TOP, 0L));
    }

    private static Claim claim(boolean alone) {
        return chunk(0, alone);
    }

    private static Claim chunk(int tier) {
        return chunk(tier, false);
    }

    /** The second one of its tier: the first of the lowest is in a class of its own. */
    private static Claim chunk(int tier, boolean alone) {
        return new Claim(
                new Lease(new TaskId(1), UUID.randomUUID(), 1),
                VideoId.random(),
                TaskKind.CHUNK,
                tier,
                1,
                0,
                0,
                alone,
                Samples.plan(12));
    }
}
