package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.Lease;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.TaskStore.TierSummary;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.VideoStore.Pending;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of tasks owes those who ask how far a video is. */
public abstract class TaskSummaryContract extends TaskContract {
    private static final MediaPlan SHORT = Samples.plan(20);

    protected abstract ArrivalStore arrivals();

    @Test
    void progressIsTheShareOfTheWeight() {
        VideoId id = queued(SHORT);
        assertThat(await(tasks().summary(id)).progress()).isZero();
        Lease lease = chunkLease(id, 2, 0);
        assertThat(await(tasks().tick(lease, 0.5, 0))).isTrue();
        assertThat(await(tasks().tick(lease, 0.2, 0))).isTrue();
        double half = await(tasks().summary(id)).progress();
        await(tasks().finish(lease, Samples.chunk(SHORT, 2, 0), POLICY));
        double whole = await(tasks().summary(id)).progress();
        assertThat(half).isPositive();
        assertThat(whole).isCloseTo(2 * half, within(1e-6));
    }

    @Test
    void howFarManyVideosAreIsToldTogether() {
        VideoId idle = queued(SHORT);
        VideoId busy = queued(SHORT);
        VideoId ended = queued(SHORT);
        NewVideo arriving = Samples.video();
        await(videos().create(arriving));
        await(videos().announce(ended, Announcement.failed(VideoStatus.FAILED, null)));
        await(tasks().finish(chunkLease(busy, 0, 0), Samples.chunk(SHORT, 0, 0), POLICY));
        await(tasks().tick(chunkLease(busy, 2, 0), 0.5, 0));
        await(videos().tell(Map.of(busy, Announcement.repeatable("processing", 7.0, Map.of()))));

        List<Underway> all =
                await(videos().underway(List.of(idle, busy, ended, arriving.id(), VideoId.random(), busy)));

        assertThat(all).extracting(Underway::id).containsExactlyInAnyOrder(idle, busy);
        Underway one =
                all.stream().filter(each -> each.id().equals(busy)).findFirst().orElseThrow();
        assertThat(one.told()).isEqualTo(7);
        assertThat(one.since())
                .isEqualTo(await(videos().find(busy)).orElseThrow().processingSince());
        assertThat(one.share())
                .isPositive()
                .isCloseTo(await(tasks().summary(busy)).progress(), within(1e-6));
        assertThat(all).filteredOn(each -> each.id().equals(idle)).first().returns(0.0, Underway::share);
    }

    @Test
    void whatWasMadeDuringTheUploadIsKnownWhenTheLastByteHasCome() {
        NewVideo video = Samples.video();
        VideoId id = video.id();
        await(videos().create(video));
        EarlySource source = new EarlySource(List.of(new EarlySource.Part(id, 1000)), 32, 32, 500, "digest");
        List<NewTask> early = NewTask.of(SHORT).stream()
                .map(task -> new NewTask(task.kind(), task.tier(), task.chunk(), task.taskClass(), task.weight(), 100L))
                .toList();
        assertThat(await(arrivals().plan(id, source, SHORT, early))).isTrue();
        await(arrivals().arrived(id, 500));
        await(tasks().topUp(id, 1000));
        Lease done = await(tasks().claim(chunkRow(id, 0, 0).id(), "test", LEASE))
                .orElseThrow()
                .lease();
        await(tasks().finish(done, Samples.chunk(SHORT, 0, 0), POLICY));
        Lease running = await(tasks().claim(chunkRow(id, 2, 0).id(), "test", LEASE))
                .orElseThrow()
                .lease();
        await(tasks().tick(running, 0.5, 0));

        await(videos().uploaded(id, 1000));

        assertThat(await(videos().find(id)).orElseThrow().processingFrom())
                .isCloseTo(100 * await(tasks().summary(id)).progress(), within(1e-6))
                .isPositive();
        assertThat(await(videos().find(queued(SHORT))).orElseThrow().processingFrom())
                .isZero();
    }

    @Test
    void theSummaryCountsWithoutReadingResults() {
        VideoId id = queued(SHORT);
        for (int chunk = 0; chunk < 3; chunk++) {
            await(tasks().finish(chunkLease(id, 0, chunk), Samples.chunk(SHORT, 0, chunk), POLICY));
        }
        await(tasks().tick(claimed(id, TaskKind.AUDIO, 1, 0).lease(), 0.4, 3));
        await(tasks().finish(claimed(id, TaskKind.POSTER, 0, 0).lease(), new TaskResult.PosterMade(99), POLICY));

        WorkSummary summary = await(tasks().summary(id));
        assertThat(summary.tiers())
                .containsExactly(new TierSummary(0, 3, 0, 3), new TierSummary(1, 0, 0, 3), new TierSummary(2, 0, 0, 3));
        assertThat(summary.tiers().get(0).complete()).isTrue();
        assertThat(summary.audio()).isEqualTo(TaskState.RUNNING);
        assertThat(summary.audioSegments()).isEqualTo(3);
        assertThat(summary.otherAudio()).isEqualTo(TaskState.QUEUED);
        assertThat(summary.poster()).isEqualTo(TaskState.DONE);
        assertThat(await(tasks().summary(VideoId.random())).tiers()).isEmpty();
    }

    @Test
    void theLastOfATierIsTold() {
        VideoId id = queued(SHORT);
        assertThat(finished(id, 1, 2)).isEqualTo(new Finish.Accepted(false));
        assertThat(finished(id, 1, 0)).isEqualTo(new Finish.Accepted(false));
        assertThat(finished(id, 2, 1)).isEqualTo(new Finish.Accepted(false));
        assertThat(finished(id, 1, 1)).isEqualTo(new Finish.Accepted(true));
        Lease poster = claimed(id, TaskKind.POSTER, 0, 0).lease();
        assertThat(await(tasks().finish(poster, new TaskResult.PosterMade(9), POLICY)))
                .isEqualTo(new Finish.Accepted(true));
    }

    @Test
    void whatIsMadeAgainIsCountedBack() {
        VideoId id = queued(SHORT);
        finished(id, 0, 1);
        assertThat(await(tasks().summary(id)).undone()).isZero();
        Lease lease = chunkLease(id, 0, 0);
        // The chunk after it was read by seeking and saw another frame.
        await(tasks().finish(lease, sequentialChunk("frame-0", "other"), POLICY));
        WorkSummary summary = await(tasks().summary(id));
        assertThat(summary.tiers().get(0).done()).isEqualTo(1);
        assertThat(summary.undone()).isEqualTo(1);
    }

    /** Whatever happens to tasks, the summary says what counting them would. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theSummaryAgreesWithTheTasks(long seed) {
        Random random = new Random(seed);
        VideoId id = planned(SHORT);
        List<Lease> held = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            happen(id, random, held);
            agree(id);
        }
        await(videos().announce(id, Announcement.failed(VideoStatus.CANCELLED, null)));
        agree(id);
        await(videos().delete(id));
        assertThat(await(tasks().summary(id)).tiers()).isEmpty();
    }

    @Test
    void whatIsPendingIsLookedAfter() {
        NewVideo video = Samples.video();
        VideoId id = video.id();
        await(videos().create(video));
        assertThat(pending(id)).isEmpty();
        await(videos().uploaded(id, 1000));
        assertThat(pending(id)).hasValue(new Pending(id, false, false, true));
        await(videos().plan(id, SHORT, NewTask.of(SHORT)));
        assertThat(pending(id)).hasValue(new Pending(id, true, true, true));
        await(tasks().topUp(id, 1));
        assertThat(pending(id)).hasValue(new Pending(id, true, true, false));
        await(tasks().topUp(id, 1000));
        assertThat(pending(id)).hasValue(new Pending(id, true, false, false));
    }

    @Test
    void aTierThatCouldBeJoinedIsNotWorkedOn() {
        VideoId id = queued(SHORT);
        for (int chunk = 0; chunk < 3; chunk++) {
            finished(id, 1, chunk);
        }
        assertThat(pending(id)).hasValue(new Pending(id, true, false, true));
        await(videos().announce(id, Announcement.failed(VideoStatus.CANCELLED, null)));
        await(videos().tidied(id, VideoStatus.CANCELLED));
        assertThat(pending(id)).isEmpty();
    }

    private Optional<Pending> pending(VideoId id) {
        return await(videos().pending()).stream()
                .filter(video -> video.id().equals(id))
                .findFirst();
    }

    private void happen(VideoId id, Random random, List<Lease> held) {
        switch (random.nextInt(7)) {
            case 0 -> await(tasks().topUp(id, 1 + random.nextInt(3)));
            case 1, 2 -> {
                List<TaskId> all =
                        await(tasks().tasks(id)).stream().map(TaskRow::id).toList();
                TaskId any = all.get(random.nextInt(all.size()));
                await(tasks().claim(any, "w", LEASE)).ifPresent(claim -> held.add(claim.lease()));
            }
            case 3 -> endPauses();
            case 4 -> any(held, random, lease -> tasks().fail(lease, CRASH, POLICY));
            case 5 -> any(held, random, tasks()::release);
            default ->
                any(held, random, lease -> {
                    TaskRow row = await(tasks().tasks(id)).stream()
                            .filter(task -> task.id().equals(lease.task()))
                            .findFirst()
                            .orElseThrow();
                    return tasks().finish(lease, result(row), POLICY);
                });
        }
    }

    private static void any(List<Lease> held, Random random, Function<Lease, Future<?>> work) {
        if (!held.isEmpty()) {
            await(work.apply(held.remove(random.nextInt(held.size()))));
        }
    }

    private static TaskResult result(TaskRow row) {
        return switch (row.kind()) {
            case CHUNK -> Samples.chunk(SHORT, row.tier(), row.chunk());
            case AUDIO -> Samples.audio(SHORT);
            case MEZZANINE -> new TaskResult.MezzanineMade(SHORT.grid().frames());
            default -> new TaskResult.PosterMade(1);
        };
    }

    private void agree(VideoId id) {
        List<TaskRow> rows = await(tasks().tasks(id));
        WorkSummary summary = await(tasks().summary(id));
        for (TierSummary tier : summary.tiers()) {
            List<TaskState> states = rows.stream()
                    .filter(row -> row.kind() == TaskKind.CHUNK && row.tier() == tier.tier())
                    .map(TaskRow::state)
                    .toList();
            long done = states.stream().filter(TaskState.DONE::equals).count();
            long failed = states.stream()
                    .filter(state -> state.settled() && state != TaskState.DONE)
                    .count();
            assertThat(tier).isEqualTo(new TierSummary(tier.tier(), (int) done, (int) failed, states.size()));
        }
        assertThat(summary.tiers()).hasSize(SHORT.tiers().size());
        assertThat(summary.progress()).isBetween(0.0, 1.0);
    }

    private Finish finished(VideoId id, int tier, int chunk) {
        return await(tasks().finish(chunkLease(id, tier, chunk), Samples.chunk(SHORT, tier, chunk), POLICY));
    }

    private static TaskResult.ChunkMade sequentialChunk(String first, String next) {
        TaskResult.ChunkMade made = Samples.chunk(SHORT, 0, 0, first, next);
        return new TaskResult.ChunkMade(made.frames(), first, next, true, made.qualities());
    }
}
