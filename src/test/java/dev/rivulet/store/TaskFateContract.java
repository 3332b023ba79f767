package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What becomes of attempts that failed and of chunks that do not fit. */
public abstract class TaskFateContract extends TaskContract {
    private static final MediaPlan PLAN = Samples.plan(20);

    @Test
    void aFailedAttemptIsRecordedAndTriedAgainLater() {
        VideoId id = queued(PLAN);
        Fate fate = await(tasks().fail(chunkLease(id, 1, 0), CRASH, POLICY));
        assertThat(fate).isInstanceOf(Fate.Again.class);
        assertThat(((Fate.Again) fate).notBefore()).isAfter(started(chunkRow(id, 1, 0)));
        assertThat(await(tasks().topUp(id, 1000))).isEmpty();
        assertThat(chunkRow(id, 1, 0).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.attempt()).isEqualTo(1);
            assertThat(attempt.kind()).isEqualTo("TOOL");
            assertThat(attempt.worker()).isEqualTo("worker-1");
            assertThat(attempt.log()).isEqualTo("last \uFFFD words");
        });
        endPauses();
        assertThat(await(tasks().topUp(id, 1000))).hasSize(1);
    }

    @Test
    void aTaskGivenUpFailsTheQualitiesOfItsTierOnly() {
        VideoId id = queuedSequential(PLAN);
        await(tasks().finish(chunkLease(id, 1, 2), Samples.chunk(PLAN, 1, 2), POLICY));
        Lease running = chunkLease(id, 1, 1);
        assertThat(exhaust(id, TaskKind.CHUNK, 1, 0, CRASH)).isInstanceOf(Fate.GivenUp.class);

        assertThat(states(id))
                .containsExactly(
                        RenditionState.ENCODING, RenditionState.FAILED, RenditionState.FAILED, RenditionState.ENCODING);
        assertThat(error(id, 1)).isEqualTo(new VideoError(ErrorCode.ENCODE_FAILED, "Encoding failed: exit 1"));
        assertThat(chunkRow(id, 1, 0).state()).isEqualTo(TaskState.FAILED);
        assertThat(chunkRow(id, 1, 0).attempts()).hasSize(3);
        assertThat(chunkRow(id, 1, 1).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(chunkRow(id, 1, 2).state()).isEqualTo(TaskState.DONE);
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.QUEUED);
        assertThat(await(tasks().renew(List.of(running), LEASE)).lost()).containsExactly(running);
        assertThat(await(tasks().summary(id)).tiers().get(1)).isEqualTo(new TaskStore.TierSummary(1, 1, 2, 3));
    }

    @Test
    void aBrokenFileIsNotTriedAgain() {
        VideoId id = queuedSequential(PLAN);
        TaskFailure broken = new TaskFailure(FailureKind.INPUT, "no frame decodes", "");
        assertThat(await(tasks().fail(chunkLease(id, 0, 0), broken, POLICY))).isInstanceOf(Fate.GivenUp.class);
        assertThat(error(id, 0).code()).isEqualTo(ErrorCode.CORRUPT_INPUT);
    }

    @Test
    void aTimeoutIsToldAsOne() {
        VideoId id = queuedSequential(PLAN);
        exhaust(id, TaskKind.CHUNK, 2, 0, new TaskFailure(FailureKind.TIMEOUT, "no progress for 60 s", ""));
        assertThat(error(id, 3).code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void lostWorkersAndFullDisksDoNotCount() {
        VideoId id = queued(PLAN);
        for (FailureKind kind : List.of(FailureKind.LOST, FailureKind.STORAGE, FailureKind.LOST, FailureKind.STORAGE)) {
            Fate fate = await(tasks().fail(chunkLease(id, 0, 0), new TaskFailure(kind, "away", ""), POLICY));
            assertThat(fate).isInstanceOf(Fate.Again.class);
            endPauses();
            await(tasks().topUp(id, 1000));
        }
        TaskStore.Claim claim = claimed(id, TaskKind.CHUNK, 0, 0);
        assertThat(claim.failures()).isZero();
        assertThat(await(tasks().fail(claim.lease(), CRASH, POLICY))).isInstanceOf(Fate.Again.class);
        assertThat(chunkRow(id, 0, 0).attempt()).isEqualTo(5);
        endPauses();
        await(tasks().topUp(id, 1000));
        assertThat(claimed(id, TaskKind.CHUNK, 0, 0).failures()).isEqualTo(1);
    }

    @Test
    void whatLackedMemoryIsTriedAloneAndCountedApart() {
        VideoId id = queuedSequential(PLAN);
        TaskFailure memory = new TaskFailure(FailureKind.MEMORY, "killed", "");
        assertThat(again(id, CRASH)).isEqualTo(List.of(0, false));
        assertThat(again(id, memory)).isEqualTo(List.of(1, false));
        assertThat(again(id, CRASH)).isEqualTo(List.of(1, true));
        assertThat(again(id, memory)).isEqualTo(List.of(2, true));
        assertThat(await(tasks().fail(chunkLease(id, 0, 0), memory, POLICY))).isInstanceOf(Fate.GivenUp.class);
        assertThat(error(id, 0).code()).isEqualTo(ErrorCode.ENCODE_FAILED);
    }

    /** Fails the first chunk once more; what its claim said before. */
    private List<Object> again(VideoId id, TaskFailure failure) {
        TaskStore.Claim claim = claimed(id, TaskKind.CHUNK, 0, 0);
        assertThat(await(tasks().fail(claim.lease(), failure, POLICY))).isInstanceOf(Fate.Again.class);
        endPauses();
        await(tasks().topUp(id, 1000));
        return List.of(claim.failures(), claim.alone());
    }

    @Test
    void withoutSoundNothingIsWhole() {
        VideoId id = queued(PLAN);
        var token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        await(videos().joined(id, "144p", token, new RenditionRow.JoinedFigures(1, 1, "avc1", 1)));
        exhaust(id, TaskKind.AUDIO, 1, 0, CRASH);
        assertThat(states(id))
                .containsExactly(
                        RenditionState.JOINED, RenditionState.FAILED, RenditionState.FAILED, RenditionState.FAILED);
        assertThat(await(tasks().tasks(id))).allMatch(task -> task.state().settled());
    }

    @Test
    void withoutPosterEverythingElseGoesOn() {
        VideoId id = queued(PLAN);
        exhaust(id, TaskKind.POSTER, 0, 0, CRASH);
        assertThat(states(id)).containsOnly(RenditionState.ENCODING);
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.QUEUED);
        assertThat(await(tasks().summary(id)).poster()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void withoutSubtitlesEverythingElseGoesOn() {
        VideoId id =
                queued(Sources.of(320, 180).subtitles("deu", null, true, false).plan());
        exhaust(id, TaskKind.SUBTITLES, 0, 0, CRASH);
        assertThat(states(id)).containsOnly(RenditionState.ENCODING);
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.QUEUED);
        assertThat(await(tasks().summary(id)).subtitles()).isEqualTo(TaskState.FAILED);
        assertThat(await(tasks().subtitles(id))).isEmpty();
    }

    @Test
    void finishedSubtitlesAreKnown() {
        VideoId id =
                queued(Sources.of(320, 180).subtitles("deu", null, true, false).plan());
        SubtitlesMade made = new SubtitlesMade(Map.of("subs-0", new StoredText(7, 2, 0)), Map.of());
        await(tasks().finish(claimed(id, TaskKind.SUBTITLES, 0, 0).lease(), made, POLICY));
        assertThat(await(tasks().subtitles(id))).contains(made);
        assertThat(await(tasks().summary(id)).subtitles()).isEqualTo(TaskState.DONE);
    }

    @Test
    void aChunkThatDoesNotFollowTheOneBeforeIsDoneAgain() {
        VideoId id = queued(PLAN);
        await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0), POLICY));
        ChunkMade wrong = Samples.chunk(PLAN, 0, 1, "another", "frame-2");
        Finish finish = await(tasks().finish(chunkLease(id, 0, 1), wrong, POLICY));

        assertThat(finish).isInstanceOfSatisfying(Finish.Redo.class, redo -> {
            assertThat(redo.task()).isEqualTo(chunkRow(id, 0, 1).id());
            assertThat(redo.fate()).isInstanceOf(Fate.Again.class);
        });
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 1).attempts())
                .extracting(TaskStore.Attempt::kind)
                .containsExactly("SEAM");
        assertThat(await(tasks().chunks(id, 0))).containsOnlyKeys(0);
        endPauses();
        await(tasks().topUp(id, 1000));
        TaskStore.Claim again = claimed(id, TaskKind.CHUNK, 0, 1);
        assertThat(again.seamFailures()).isEqualTo(1);
        assertThat(await(tasks().finish(again.lease(), Samples.chunk(PLAN, 0, 1), POLICY)))
                .isInstanceOf(Finish.Accepted.class);
    }

    @Test
    void aChunkDoneEarlierThatDoesNotFollowIsSetBack() {
        VideoId id = queued(PLAN);
        await(tasks().finish(chunkLease(id, 0, 1), Samples.chunk(PLAN, 0, 1, "another", "frame-2"), POLICY));
        Finish finish = await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0), POLICY));

        assertThat(finish).isInstanceOfSatisfying(Finish.Redo.class, redo -> {
            assertThat(redo.task()).isEqualTo(chunkRow(id, 0, 1).id());
            assertThat(redo.fate()).isInstanceOf(Fate.Again.class);
        });
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.DONE);
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 1).finishedAt()).isNull();
        endPauses();
        await(tasks().topUp(id, 1000));
        assertThat(claimed(id, TaskKind.CHUNK, 0, 1).seamFailures()).isEqualTo(1);
    }

    @Test
    void aSeamThatNeverFitsFailsTheTier() {
        VideoId id = queuedSequential(PLAN);
        await(tasks().finish(chunkLease(id, 0, 0), Samples.chunk(PLAN, 0, 0), POLICY));
        Finish last = new Finish.Stale();
        for (int attempt = 1; attempt <= POLICY.attempts(); attempt++) {
            endPauses();
            await(tasks().topUp(id, 1000));
            last = await(tasks().finish(chunkLease(id, 0, 1), Samples.chunk(PLAN, 0, 1, "another", "frame-2"), POLICY));
        }
        assertThat(last).isInstanceOfSatisfying(Finish.Redo.class, redo -> assertThat(redo.fate())
                .isInstanceOf(Fate.GivenUp.class));
        assertThat(states(id).get(0)).isEqualTo(RenditionState.FAILED);
        assertThat(error(id, 0).code()).isEqualTo(ErrorCode.ENCODE_FAILED);
    }

    @Test
    void theFirstInitializationSegmentDecides() {
        VideoId id = queued(PLAN);
        await(tasks().finish(chunkLease(id, 1, 0), Samples.chunk(PLAN, 1, 0), POLICY));
        ChunkMade fits = Samples.chunk(PLAN, 1, 2);
        Map<String, dev.rivulet.job.TaskResult.StoredRun> runs = new HashMap<>(fits.qualities());
        runs.put("360p", Samples.run("init-other"));
        ChunkMade misfit = new ChunkMade(fits.frames(), fits.firstHash(), fits.nextHash(), false, runs);

        assertThat(await(tasks().finish(chunkLease(id, 1, 2), misfit, POLICY))).isInstanceOf(Finish.Redo.class);
        assertThat(chunkRow(id, 1, 2).attempts())
                .extracting(TaskStore.Attempt::kind)
                .containsExactly("TOOL");
        assertThat(await(tasks().chunks(id, 1))).containsOnlyKeys(0);
    }

    @RepeatedTest(20)
    void chunksFinishedAtOnceAreProvenAgainstEachOther() {
        VideoId id = queued(PLAN);
        List<Lease> leases = IntStream.range(0, 3)
                .mapToObj(chunk -> chunkLease(id, 2, chunk))
                .toList();
        List<Future<Finish>> finishes = IntStream.range(0, 3)
                .mapToObj(chunk -> tasks().finish(
                                leases.get(chunk),
                                chunk == 1
                                        ? Samples.chunk(PLAN, 2, 1, "another", "frame-2")
                                        : Samples.chunk(PLAN, 2, chunk),
                                POLICY))
                .toList();
        assertThat(finishes.stream().map(dev.rivulet.testing.Futures::await).filter(Finish.Redo.class::isInstance))
                .hasSize(1);
        assertThat(await(tasks().chunks(id, 2))).containsOnlyKeys(0, 2);
        assertThat(chunkRow(id, 2, 1).state()).isEqualTo(TaskState.WAITING);
    }

    @RepeatedTest(20)
    void leasesAreRenewedWhileATierIsGivenUp() {
        VideoId id = queuedSequential(PLAN);
        List<Lease> leases = IntStream.range(0, 3)
                .mapToObj(chunk -> chunkLease(id, 2, chunk))
                .toList();
        TaskFailure broken = new TaskFailure(FailureKind.INPUT, "no frame decodes", "");
        List<Future<TaskStore.Renewal>> renewals = IntStream.range(0, 12)
                .mapToObj(i -> tasks().renew(leases, LEASE))
                .toList();
        Future<Fate> fate = tasks().fail(leases.get(2), broken, POLICY);
        assertThat(await(fate)).isInstanceOf(Fate.GivenUp.class);
        renewals.forEach(renewal -> assertThat(await(renewal).lost())
                .satisfiesAnyOf(lost -> assertThat(lost).isEmpty(), lost -> assertThat(lost)
                        .isEqualTo(leases)));
        assertThat(await(tasks().renew(leases, LEASE)).lost()).isEqualTo(leases);
    }

    private List<RenditionState> states(VideoId id) {
        return await(videos().find(id)).orElseThrow().renditions().stream()
                .map(RenditionRow::state)
                .toList();
    }

    private VideoError error(VideoId id, int position) {
        return Objects.requireNonNull(await(videos().find(id))
                .orElseThrow()
                .renditions()
                .get(position)
                .error());
    }

    private static java.time.Instant started(TaskRow task) {
        return Objects.requireNonNull(task.startedAt());
    }
}
