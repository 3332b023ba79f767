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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final List<RunningTask> running = new ArrayList<>();
    private final Set<Long> paused = new HashSet<>();
    private int said;

    @Test
    void withoutAnUrgentChunkNothingStandsStill() {
        Pauses pauses = pauses(2);
        begin(TaskKind.CHUNK, 1, 2);
        begin(TaskKind.CHUNK, 2, 1);
        begin(TaskKind.CHUNK, 2, 1);
        begin(TaskKind.AUDIO, 1, 1);
        pauses.look(running);
        assertThat(said).isZero();
    }

    @Test
    void allThatNobodyWaitsForStandsStillWhileUrgentChunksUseEveryCore() {
        Pauses pauses = pauses(2);
        begin(TaskKind.CHUNK, 1, 1);
        begin(TaskKind.CHUNK, 2, 1);
        RunningTask urgent = begin(TaskKind.CHUNK, 0, 2);
        pauses.look(running);
        assertThat(paused).containsExactlyInAnyOrder(1L, 2L);

        running.remove(urgent);
        pauses.look(running);
        assertThat(paused).isEmpty();
        assertThat(said).isEqualTo(4);
    }

    @Test
    void whatIsLeftOfTheCoresGoesToThoseThatBeganFirst() {
        Pauses pauses = pauses(8);
        begin(TaskKind.CHUNK, 2, 2);
        begin(TaskKind.CHUNK, 2, 2);
        begin(TaskKind.CHUNK, 2, 1);
        RunningTask first = begin(TaskKind.CHUNK, 0, 4);
        pauses.look(running);
        assertThat(paused).containsExactly(3L);

        begin(TaskKind.CHUNK, 0, 2);
        pauses.look(running);
        assertThat(paused).containsExactlyInAnyOrder(2L, 3L);

        running.remove(first);
        pauses.look(running);
        assertThat(paused).isEmpty();
    }

    /** It could not use them. */
    @Test
    void oneUrgentChunkDoesNotStopALargeMachine() {
        Pauses pauses = pauses(64);
        for (int i = 0; i < 60; i++) {
            begin(TaskKind.CHUNK, 2, 1);
        }
        begin(TaskKind.CHUNK, 0, 64);
        pauses.look(running);
        assertThat(paused).isEmpty();
    }

    @Test
    void soundIntermediatesPostersAndTextsGoOn() {
        Pauses pauses = pauses(1);
        begin(TaskKind.AUDIO, 1, 1);
        begin(TaskKind.AUDIO, 2, 1);
        begin(TaskKind.MEZZANINE, 0, 1);
        begin(TaskKind.POSTER, 0, 1);
        begin(TaskKind.SUBTITLES, 0, 1);
        begin(TaskKind.CHUNK, 0, 1);
        begin(TaskKind.CHUNK, 0, 1);
        pauses.look(running);
        assertThat(said).isZero();
    }

    /** It waits until the others are over: were they to stand still for it, all would for ever. */
    @Test
    void whoIsNotYetAtWorkStopsNobodyAndIsNotStopped() {
        Pauses pauses = pauses(1);
        RunningTask lasting = begin(TaskKind.CHUNK, 1, 1);
        RunningTask urgent = begin(TaskKind.CHUNK, 0, 0);
        pauses.look(running);
        assertThat(said).isZero();

        urgent.work(1);
        lasting.work(0);
        pauses.look(running);
        assertThat(said).isZero();
    }

    /** A core would idle for it. */
    @Test
    void oneWithMoreThreadsThanThereAreCoresLeftGoesOn() {
        Pauses pauses = pauses(8);
        begin(TaskKind.CHUNK, 2, 8);
        begin(TaskKind.CHUNK, 2, 1);
        begin(TaskKind.CHUNK, 0, 1);
        pauses.look(running);
        assertThat(paused).containsExactly(2L);
    }

    private Pauses pauses(int cores) {
        return new Pauses(
                cores,
                task -> {
                    said++;
                    assertThat(paused.add(task.task().value())).isTrue();
                },
                task -> {
                    said++;
                    assertThat(paused.remove(task.task().value())).isTrue();
                });
    }

    private RunningTask begin(TaskKind kind, int tier, int threads) {
        Lease lease = new Lease(new TaskId(running.size() + 1), UUID.randomUUID(), 1);
        Claim claim = new Claim(lease, VideoId.random(), kind, tier, 1, 0, 0, false, Samples.plan(12));
        RunningTask task = new RunningTask(claim, running.size(), new LocalLease(Duration.ofSeconds(15), 0, () -> 0));
        task.work(threads);
        running.add(task);
        return task;
    }
}
