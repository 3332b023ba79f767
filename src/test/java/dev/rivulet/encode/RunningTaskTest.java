package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.testing.Sources;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningTaskTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RunningTask task = new RunningTask(
            new Claim(
                    new Lease(new TaskId(1), new UUID(1, 2), 1),
                    VideoId.random(),
                    TaskKind.AUDIO,
                    0,
                    0,
                    0,
                    0,
                    false,
                    Sources.of(320, 240).sound("0", "60").plan()),
            3,
            new LocalLease(Duration.ofSeconds(15), 0, () -> 0));

    @Test
    void signsOfLifeAreTakenDownAboutOnceASecond() {
        long now = 5 * SECOND;

        assertThat(task.worthTelling(0, now)).isTrue();
        assertThat(task.worthTelling(0, now + SECOND / 4)).isFalse();
        assertThat(task.worthTelling(0, now + SECOND / 2)).isFalse();
        assertThat(task.worthTelling(0, now + SECOND)).isTrue();
        assertThat(task.worthTelling(0, now + SECOND + 1)).isFalse();
    }

    /** The clock counts from where it likes, also from below zero. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, -5_000_000_000L})
    void theFirstSignIsTakenDownWhateverTheClockSays(long now) {
        assertThat(task.worthTelling(0, now)).isTrue();
        assertThat(task.worthTelling(0, now + SECOND / 2)).isFalse();
        assertThat(task.worthTelling(0, now + SECOND)).isTrue();
    }

    @Test
    void theFirstSegmentsOfSoundAreToldAtOnceAndLaterOnesInTime() {
        assertThat(task.worthTelling(0, SECOND)).isTrue();
        assertThat(task.worthTelling(1, SECOND + 1)).isTrue();
        task.stored(1);
        assertThat(task.worthTelling(2, SECOND + 2)).isFalse();
        assertThat(task.worthTelling(2, 2 * SECOND + 2)).isTrue();
    }

    @Test
    void theEndIsRecordedAfterEverySignOfLifeWhateverBecomesOfThese() {
        List<String> order = new ArrayList<>();
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();

        Future<Void> tick = task.inOrder(() -> begin(order, "first", first));
        Future<Void> again = task.inOrder(() -> begin(order, "second", second));
        Future<Void> end = task.inOrder(() -> begin(order, "end", Promise.promise()));

        assertThat(order).containsExactly("first");
        first.fail("lost");
        assertThat(order).containsExactly("first", "second");
        second.complete();
        assertThat(order).containsExactly("first", "second", "end");
        assertThat(tick.failed()).isTrue();
        assertThat(again.succeeded()).isTrue();
        assertThat(end.isComplete()).isFalse();
    }

    @Test
    void knowsItsClaimAndSlot() {
        assertThat(task.slot()).isEqualTo(3);
        assertThat(task.lease()).isEqualTo(task.claim().lease());
        assertThat(task.storedSegments()).isZero();
        assertThat(task.held().open()).isTrue();
    }

    private static Future<Void> begin(List<String> order, String name, Promise<Void> promise) {
        order.add(name);
        return promise.future();
    }
}
