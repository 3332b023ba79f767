package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.JoinFate;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What retrying, cancelling and failed joins do to the rows. */
public abstract class RetryContract extends TaskContract {
    private static final MediaPlan PLAN = Samples.plan(20);
    private static final VideoError ERROR = new VideoError(ErrorCode.ENCODE_FAILED, "It broke.");

    /** Makes the time of every failed join come. */
    protected abstract void endJoinPauses();

    @Test
    void aRetryBeginsTheFailedQualityAgainAndKeepsWhatIsMade() {
        VideoId id = partial();
        await(videos().tidied(id, VideoStatus.PARTIAL));

        assertThat(await(videos().retry(id, "720p"))).isInstanceOf(Retry.Begun.class);

        Video video = found(id);
        assertThat(video.status()).isEqualTo(VideoStatus.READY);
        assertThat(video.error()).isNull();
        assertThat(video.processingFrom())
                .isCloseTo(100 * await(tasks().summary(id)).progress(), within(1e-6))
                .isPositive();
        assertThat(states(id, 2))
                .contains(TaskState.DONE)
                .contains(TaskState.WAITING)
                .doesNotContain(TaskState.FAILED);
        assertThat(chunkRow(id, 2, 1).state()).isEqualTo(TaskState.DONE);
        assertThat(chunkRow(id, 2, 0).attempts()).as("its history stays").hasSize(3);
        assertThat(states(id, 0)).containsOnly(TaskState.DONE);
        assertThat(await(videos().retry(id, "720p"))).isEqualTo(new Retry.Working());
    }

    @Test
    void whatIsTriedAgainHasAllAttemptsAgain() {
        VideoId id = partial();
        await(videos().tidied(id, VideoStatus.PARTIAL));
        await(videos().retry(id, null));
        await(tasks().topUp(id, 1000));

        makeIntermediate(id);
        TaskStore.Claim claim = claimed(id, TaskKind.CHUNK, 2, 0);

        assertThat(claim.failures()).isZero();
        await(tasks().release(claim.lease()));
        assertThat(exhaust(id, TaskKind.CHUNK, 2, 0, CRASH)).isInstanceOf(TaskStore.Fate.GivenUp.class);
        assertThat(await(videos().announce(id, Announcement.failed(VideoStatus.PARTIAL, ERROR))))
                .isPresent();
    }

    @Test
    void aRetryWaitsUntilTheEndIsTidied() {
        VideoId id = partial();

        assertThat(await(videos().retry(id, null))).isEqualTo(new Retry.Untidied());
        assertThat(await(videos().pending())).extracting(VideoStore.Pending::id).contains(id);
        await(videos().tidied(id, VideoStatus.COMPLETED));
        assertThat(found(id).tidied()).isFalse();
        await(videos().tidied(id, VideoStatus.PARTIAL));
        assertThat(await(videos().pending())).extracting(VideoStore.Pending::id).doesNotContain(id);
    }

    @Test
    void whatIsWholeOrUnwantedIsNotTriedAgain() {
        VideoId whole = queued(PLAN);
        await(videos().announce(whole, Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of())));
        VideoId working = queued(PLAN);
        VideoId unwanted = queued(PLAN);
        await(videos().announce(unwanted, Announcement.failed(VideoStatus.CANCELLED, null)));
        NewVideo arriving = Samples.video();
        await(videos().create(arriving));

        assertThat(await(videos().retry(whole, null))).isEqualTo(new Retry.Nothing());
        assertThat(await(videos().retry(working, null))).isEqualTo(new Retry.Working());
        assertThat(await(videos().retry(working, "999p"))).isEqualTo(new Retry.Refused());
        assertThat(await(videos().retry(unwanted, null))).isEqualTo(new Retry.Refused());
        assertThat(await(videos().retry(arriving.id(), null))).isEqualTo(new Retry.Refused());
        assertThat(await(videos().retry(VideoId.random(), null))).isEqualTo(new Retry.Unknown());
    }

    @Test
    void theIntermediateIsMadeAgainWhenAChunkNeedsIt() {
        VideoId id = queuedSequential(PLAN);
        exhaust(id, TaskKind.CHUNK, 2, 0, CRASH);
        finishAll(id);
        await(videos().announce(id, Announcement.failed(VideoStatus.PARTIAL, ERROR)));
        await(videos().tidied(id, VideoStatus.PARTIAL));

        await(videos().retry(id, null));

        assertThat(row(id, TaskKind.MEZZANINE, 0, 0).state()).isEqualTo(TaskState.WAITING);
        assertThat(await(tasks().topUp(id, 1000))).as("the chunks wait for it").hasSize(1);
    }

    @Test
    void aJoinThatFailsIsRepeatedThenItsChunksAreMadeAgainThenItIsGivenUp() {
        VideoId id = queued(PLAN);
        finishAll(id);
        for (int round = 0; round < 2; round++) {
            assertThat(failJoin(id, "144p")).isInstanceOf(JoinFate.Again.class);
            assertThat(await(videos().claimJoin(id, "144p", LEASE)))
                    .as("it pauses")
                    .isEmpty();
            assertThat(failJoin(id, "144p")).isInstanceOf(JoinFate.Again.class);
            JoinFate third = failJoin(id, "144p");
            if (round == 0) {
                assertThat(third).isEqualTo(new JoinFate.Remade());
                assertThat(states(id, 0)).containsOnly(TaskState.WAITING);
                assertThat(states(id, 1)).containsOnly(TaskState.DONE);
                finishAll(id);
            } else {
                assertThat(third).isEqualTo(new JoinFate.GivenUp());
            }
        }
        assertThat(found(id).renditions().get(0).state()).isEqualTo(RenditionState.FAILED);
        assertThat(found(id).renditions().get(0).error()).isEqualTo(ERROR);
    }

    @Test
    void aQualityThatIsMadeAgainLeavesTheOthersOfItsTierAlone() {
        VideoId id = queued(PLAN);
        finishAll(id);
        var other = await(videos().claimJoin(id, "240p", LEASE)).orElseThrow();
        await(videos().joined(id, "240p", other, new RenditionRow.JoinedFigures(1, 1, "avc1", 1)));
        for (int failure = 0; failure < 3; failure++) {
            failJoin(id, "360p");
        }

        Video video = found(id);
        MediaPlan plan = Objects.requireNonNull(video.plan());
        assertThat(plan.tiers().get(3).qualities()).containsExactly("360p");
        assertThat(plan.tiers().get(1).qualities()).containsExactly("240p");
        assertThat(video.renditions()).extracting(RenditionRow::tier).containsExactly(0, 1, 3, 2);
        assertThat(video.renditions().get(1).state()).isEqualTo(RenditionState.JOINED);
        assertThat(states(id, 1)).containsOnly(TaskState.DONE);
        assertThat(states(id, 3)).hasSize(3).containsOnly(TaskState.WAITING);
        finishAll(id);
        assertThat(await(videos().claimJoin(id, "360p", LEASE))).isPresent();
    }

    @Test
    void whoHasLostTheRightToJoinChangesNothing() {
        VideoId id = queued(PLAN);
        finishAll(id);
        assertThat(await(videos().claimJoin(id, "144p", LEASE))).isPresent();

        assertThat(await(videos().joinFailed(id, "144p", UUID.randomUUID(), ERROR)))
                .isEqualTo(new JoinFate.Stale());
        assertThat(found(id).renditions().get(0).state()).isEqualTo(RenditionState.JOINING);
    }

    @Test
    void onlyAnArrivingVideoIsAbandoned() {
        NewVideo arriving = Samples.video();
        await(videos().create(arriving));
        VideoId working = queued(PLAN);

        assertThat(await(videos().abandon(arriving.id()))).isTrue();
        assertThat(await(videos().abandon(arriving.id()))).isFalse();
        assertThat(await(videos().abandon(working))).isFalse();
        assertThat(await(videos().find(working))).isPresent();
    }

    /** Lowest qualities joined, the top one given up with one of its chunks made. */
    private VideoId partial() {
        VideoId id = queuedSequential(PLAN);
        await(tasks().finish(chunkLease(id, 2, 1), Samples.chunk(PLAN, 2, 1), POLICY));
        exhaust(id, TaskKind.CHUNK, 2, 0, CRASH);
        finishAll(id);
        for (String quality : List.of("144p", "240p", "360p")) {
            UUID token = await(videos().claimJoin(id, quality, LEASE)).orElseThrow();
            await(videos().joined(id, quality, token, new RenditionRow.JoinedFigures(1, 1, "avc1", 1)));
        }
        await(videos().announce(id, Announcement.failed(VideoStatus.PARTIAL, ERROR)));
        return id;
    }

    private void makeIntermediate(VideoId id) {
        await(tasks().finish(
                        claimed(id, TaskKind.MEZZANINE, 0, 0).lease(),
                        new TaskResult.MezzanineMade(PLAN.grid().frames()),
                        POLICY));
        await(tasks().topUp(id, 1000));
    }

    private JoinFate failJoin(VideoId id, String quality) {
        endJoinPauses();
        UUID token = await(videos().claimJoin(id, quality, LEASE)).orElseThrow();
        return await(videos().joinFailed(id, quality, token, ERROR));
    }

    /** Makes all chunks that are not settled. */
    private void finishAll(VideoId id) {
        MediaPlan plan = Objects.requireNonNull(found(id).plan());
        endPauses();
        await(tasks().topUp(id, 1000));
        for (TaskRow task : await(tasks().tasks(id))) {
            if (task.kind() == TaskKind.CHUNK && !task.state().settled()) {
                await(tasks().finish(
                                chunkLease(id, task.tier(), task.chunk()),
                                Samples.chunk(plan, task.tier(), task.chunk()),
                                POLICY));
            }
        }
    }

    private List<TaskState> states(VideoId id, int tier) {
        return await(tasks().tasks(id)).stream()
                .filter(task -> task.kind() == TaskKind.CHUNK && task.tier() == tier)
                .map(TaskRow::state)
                .toList();
    }

    private Video found(VideoId id) {
        return await(videos().find(id)).orElseThrow();
    }
}
