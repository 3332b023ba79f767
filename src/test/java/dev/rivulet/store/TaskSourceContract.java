package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.MezzanineMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceClass;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.testing.Samples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sources that turn out to be other than their headers say. */
public abstract class TaskSourceContract extends TaskContract {
    private static final MediaPlan PLAN = Samples.plan(20);
    private static final TaskFailure BROKEN = new TaskFailure(FailureKind.INPUT, "no frame decodes", "");

    @Test
    void chunksWaitUntilTheIntermediateHasThem() {
        VideoId id = queued(PLAN.sequential());
        MediaPlan planned = plan(id);
        assertThat(await(tasks().tasks(id)))
                .filteredOn(task -> task.state() == TaskState.QUEUED)
                .extracting(TaskStore.TaskRow::kind)
                .containsExactlyInAnyOrder(TaskKind.MEZZANINE, TaskKind.POSTER);

        Lease lease = claimed(id, TaskKind.MEZZANINE, 0, 0).lease();
        await(tasks().tick(lease, 0.5, 2));
        await(tasks().topUp(id, 1000));
        assertThat(await(tasks().tasks(id)))
                .filteredOn(task -> task.kind() == TaskKind.CHUNK && task.state() == TaskState.QUEUED)
                .extracting(TaskStore.TaskRow::chunk)
                .containsOnly(0, 1);

        await(tasks().finish(lease, new MezzanineMade(PLAN.grid().frames()), POLICY));
        await(tasks().topUp(id, 1000));
        assertThat(await(tasks().tasks(id)))
                .filteredOn(task -> task.kind() == TaskKind.CHUNK)
                .allMatch(task -> task.state() == TaskState.QUEUED);
        assertThat(plan(id)).isEqualTo(planned);
    }

    @Test
    void aChunkThatCannotBeReadMakesTheSourceSequential() {
        VideoId id = queued(PLAN);
        MediaPlan planned = plan(id);
        await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0), POLICY));
        Lease running = chunkLease(id, 1, 0);

        assertThat(await(tasks().fail(chunkLease(id, 0, 1), BROKEN, POLICY))).isInstanceOf(Fate.Reclassed.class);

        assertThat(plan(id)).isEqualTo(planned.sequential());
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.DONE);
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 1).attempts()).hasSize(1);
        assertThat(await(tasks().renew(List.of(running), LEASE)).lost()).containsExactly(running);
        assertThat(await(tasks().topUp(id, 1000))).singleElement().satisfies(offer -> assertThat(offer.task())
                .isEqualTo(row(id, TaskKind.MEZZANINE, 0, 0).id()));
        assertThat(claimed(id, TaskKind.MEZZANINE, 0, 0).plan().sourceClass()).isEqualTo(SourceClass.MEZZANINE);
    }

    @Test
    void aSeamThatDoesNotFitTwiceMakesTheSourceSequential() {
        VideoId id = queued(PLAN);
        await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0), POLICY));
        ChunkMade wrong = Samples.chunk(PLAN, 0, 1, "another", "frame-2");

        assertThat(await(tasks().finish(chunkLease(id, 0, 1), wrong, POLICY)))
                .isInstanceOfSatisfying(
                        Finish.Redo.class, redo -> assertThat(redo.fate()).isInstanceOf(Fate.Again.class));
        endPauses();
        await(tasks().topUp(id, 1000));
        assertThat(await(tasks().finish(chunkLease(id, 0, 1), wrong, POLICY)))
                .isInstanceOfSatisfying(
                        Finish.Redo.class, redo -> assertThat(redo.fate()).isInstanceOf(Fate.Reclassed.class));
        assertThat(plan(id).sourceClass()).isEqualTo(SourceClass.MEZZANINE);
    }

    @Test
    void whatWasReadSequentiallyIsTheTruthForTheChunkBefore() {
        VideoId id = queued(PLAN);
        await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0, "frame-0", "wrong"), POLICY));
        await(tasks().fail(chunkLease(id, 0, 1), BROKEN, POLICY));
        await(tasks().topUp(id, 1000));
        await(tasks().finish(
                        claimed(id, TaskKind.MEZZANINE, 0, 0).lease(),
                        new MezzanineMade(PLAN.grid().frames()),
                        POLICY));
        await(tasks().topUp(id, 1000));

        ChunkMade made = Samples.chunk(PLAN, 0, 1);
        Finish finish = await(tasks().finish(
                        chunkLease(id, 0, 1),
                        new ChunkMade(made.frames(), made.firstHash(), made.nextHash(), true, made.qualities()),
                        POLICY));

        assertThat(finish).isInstanceOfSatisfying(Finish.Redo.class, redo -> assertThat(redo.task())
                .isEqualTo(chunkRow(id, 0, 0).id()));
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void aSourceThatBreaksOffIsPlannedToItsEnd() {
        VideoId id = queued(PLAN.sequential());
        MediaPlan planned = plan(id);
        Lease lease = claimed(id, TaskKind.MEZZANINE, 0, 0).lease();
        await(tasks().tick(lease, 0.1, 1));
        await(tasks().topUp(id, 1000));
        await(tasks().finish(claimed(id, TaskKind.AUDIO, 1, 0).lease(), Samples.audio(PLAN), POLICY));
        await(tasks().finish(lease, new MezzanineMade(200), POLICY));

        MediaPlan cut = plan(id);
        assertThat(cut).isEqualTo(planned.endingAfter(200));
        assertThat(cut.source().promised()).isEqualTo(Rational.of(20));
        assertThat(cut.chunks().chunks()).hasSize(2);
        assertThat(await(tasks().tasks(id)))
                .filteredOn(task -> task.kind() == TaskKind.CHUNK)
                .extracting(TaskStore.TaskRow::chunk)
                .containsOnly(0, 1);
        assertThat(row(id, TaskKind.AUDIO, 1, 0).state()).isEqualTo(TaskState.WAITING);
        await(tasks().topUp(id, 1000));
        assertThat(claimed(id, TaskKind.AUDIO, 1, 0).plan().soundDuration())
                .isEqualTo(cut.grid().duration());
    }

    @Test
    void aHeaderThatIsOffBySomeFramesChangesNothing() {
        VideoId id = queued(PLAN.sequential());
        MediaPlan planned = plan(id);
        await(tasks().finish(
                        claimed(id, TaskKind.MEZZANINE, 0, 0).lease(),
                        new MezzanineMade(PLAN.grid().frames() - 25),
                        POLICY));
        assertThat(plan(id)).isEqualTo(planned);
    }

    /** Whether it is read or known: the same. */
    private MediaPlan plan(VideoId id) {
        MediaPlan plan =
                Objects.requireNonNull(await(videos().find(id)).orElseThrow().plan());
        assertThat(await(videos().outline(id)).orElseThrow().plan()).isEqualTo(plan);
        return plan;
    }
}
