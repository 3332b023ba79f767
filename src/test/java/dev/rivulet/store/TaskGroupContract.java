package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of tasks owes those that end at about the same time: the first is recorded, the others wait for it. */
public abstract class TaskGroupContract extends TaskContract {
    private static final MediaPlan PLAN = Samples.plan(120);
    private static final int CHUNKS = PLAN.chunks().chunks().size();
    private static final TaskResult POSTER = new TaskResult.PosterMade(9);

    @Test
    void allAreRecordedAndTheLastOfEachTierIsTold() {
        VideoId one = queued(PLAN);
        VideoId two = queued(PLAN);
        Map<Lease, TaskResult> made = new LinkedHashMap<>();
        for (VideoId id : List.of(one, two)) {
            made.put(claimed(id, TaskKind.POSTER, 0, 0).lease(), POSTER);
            for (SoundPart part : SoundPart.of(PLAN)) {
                made.put(claimed(id, TaskKind.AUDIO, part.ordinal(), 0).lease(), Samples.audio(part.only(PLAN)));
            }
            for (int chunk = CHUNKS - 1; chunk >= 0; chunk--) {
                for (int tier = 0; tier < PLAN.tiers().size(); tier++) {
                    made.put(chunkLease(id, tier, chunk), Samples.chunk(PLAN, tier, chunk));
                }
            }
        }
        List<Finish> told = finish(made);
        assertThat(told).hasOnlyElementsOfType(Finish.Accepted.class);
        assertThat(told.stream().filter(new Finish.Accepted(true)::equals).count())
                .isGreaterThanOrEqualTo(
                        2L * (PLAN.tiers().size() + 1 + SoundPart.of(PLAN).size()));
        for (VideoId id : List.of(one, two)) {
            assertThat(await(tasks().summary(id)).progress()).isEqualTo(1);
            assertThat(await(tasks().summary(id)).undone()).isZero();
            assertThat(await(tasks().chunks(id, 1))).hasSize(CHUNKS).containsEntry(3, Samples.chunk(PLAN, 1, 3));
        }
    }

    @Test
    void aSeamBetweenTwoOfThemThatDoesNotFitIsFound() {
        VideoId id = queued(PLAN);
        List<Finish> told = finishAfterThePoster(
                id,
                Map.entry(chunkLease(id, 0, 4), Samples.chunk(PLAN, 0, 4)),
                Map.entry(chunkLease(id, 0, 5), Samples.chunk(PLAN, 0, 5, "another", "frame-6")),
                Map.entry(chunkLease(id, 0, 6), Samples.chunk(PLAN, 0, 6)));
        assertThat(told.get(0)).isEqualTo(new Finish.Accepted(false));
        assertThat(told.get(2)).isEqualTo(new Finish.Accepted(false));
        Finish.Redo redo = (Finish.Redo) told.get(1);
        assertThat(redo.kind()).isEqualTo(FailureKind.SEAM);
        assertThat(redo.task()).isEqualTo(chunkRow(id, 0, 5).id());
        assertThat(chunkRow(id, 0, 5).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 5).attempts()).hasSize(1);
    }

    @Test
    void initializationSegmentsThatDifferAreFound() {
        VideoId id = queued(PLAN);
        ChunkMade made = Samples.chunk(PLAN, 2, 7);
        ChunkMade odd = new ChunkMade(
                made.frames(), made.firstHash(), made.nextHash(), false, Map.of("720p", Samples.run("init-other")));
        List<Finish> told = finishAfterThePoster(
                id, Map.entry(chunkLease(id, 2, 2), Samples.chunk(PLAN, 2, 2)), Map.entry(chunkLease(id, 2, 7), odd));
        assertThat(told.get(0)).isEqualTo(new Finish.Accepted(false));
        assertThat(((Finish.Redo) told.get(1)).kind()).isEqualTo(FailureKind.TOOL);
        assertThat(await(tasks().chunks(id, 2))).containsOnlyKeys(2);
    }

    @Test
    void aLostLeaseIsRefusedAndHarmsNobodyElse() {
        VideoId id = queued(PLAN);
        Lease held = chunkLease(id, 0, 1);
        Lease lost = new Lease(held.task(), UUID.randomUUID(), held.attempt());
        List<Finish> told = finishAfterThePoster(
                id,
                Map.entry(lost, Samples.chunk(PLAN, 0, 1)),
                Map.entry(held, Samples.chunk(PLAN, 0, 1)),
                Map.entry(held, Samples.chunk(PLAN, 0, 1)));
        assertThat(told).containsExactly(new Finish.Stale(), new Finish.Accepted(false), new Finish.Stale());
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void aResultOfAnotherKindFailsAlone() {
        VideoId id = queued(PLAN);
        Lease poster = claimed(id, TaskKind.POSTER, 0, 0).lease();
        Lease first = chunkLease(id, 0, 1);
        Lease second = chunkLease(id, 0, 2);
        Future<Finish> begun = tasks().finish(poster, POSTER, POLICY);
        Future<Finish> wrong = tasks().finish(first, POSTER, POLICY);
        Future<Finish> right = tasks().finish(second, Samples.chunk(PLAN, 0, 2), POLICY);
        assertThat(await(begun)).isEqualTo(new Finish.Accepted(true));
        assertThat(await(right)).isEqualTo(new Finish.Accepted(false));
        assertThatThrownBy(() -> await(wrong)).hasMessageContaining("makes a CHUNK");
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.RUNNING);
    }

    /** While the poster is recorded the others gather. */
    @SafeVarargs
    private List<Finish> finishAfterThePoster(VideoId id, Map.Entry<Lease, ChunkMade>... made) {
        Lease poster = claimed(id, TaskKind.POSTER, 0, 0).lease();
        Future<Finish> begun = tasks().finish(poster, POSTER, POLICY);
        List<Future<Finish>> told = Stream.of(made)
                .map(each -> tasks().finish(each.getKey(), each.getValue(), POLICY))
                .toList();
        assertThat(await(begun)).isEqualTo(new Finish.Accepted(true));
        return told.stream().map(Futures::await).toList();
    }

    private List<Finish> finish(Map<Lease, TaskResult> made) {
        List<Future<Finish>> told = made.entrySet().stream()
                .map(each -> tasks().finish(each.getKey(), each.getValue(), POLICY))
                .toList();
        return told.stream().map(Futures::await).toList();
    }
}
