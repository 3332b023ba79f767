package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EarlySoundsTest {
    private final List<RunningTask> begun = new ArrayList<>();
    private final EarlySounds sounds = new EarlySounds(4, 2, begun::add);

    @Test
    void eachHasAPlaceOfItsOwn() {
        sounds.enter(task(1));
        sounds.enter(task(2));
        assertThat(begun).extracting(RunningTask::slot).containsExactly(4, 5);
    }

    @Test
    void whoFindsNoPlaceWaitsForOneInTurn() {
        for (int task = 1; task <= 4; task++) {
            sounds.enter(task(task));
        }
        assertThat(begun).hasSize(2);
        sounds.leave(5);
        assertThat(begun).hasSize(3);
        assertThat(begun.get(2).slot()).isEqualTo(5);
        assertThat(begun.get(2).lease()).isEqualTo(task(3).lease());
        sounds.leave(4);
        assertThat(begun.get(3).lease()).isEqualTo(task(4).lease());
    }

    @Test
    void afterTheEndNothingBegins() {
        for (int task = 1; task <= 3; task++) {
            sounds.enter(task(task));
        }
        assertThat(sounds.close()).extracting(RunningTask::lease).containsExactly(task(3).lease());
        sounds.enter(task(4));
        assertThat(begun).hasSize(2);
    }

    private static RunningTask task(long number) {
        Claim claim = new Claim(
                new Lease(new TaskId(number), new UUID(0, number), 1),
                new VideoId(new UUID(1, 1)),
                TaskKind.AUDIO,
                0,
                0,
                0,
                0,
                false,
                Samples.plan(20));
        return new RunningTask(claim, -1, new LocalLease(Duration.ofSeconds(15), 0, () -> 0));
    }
}
