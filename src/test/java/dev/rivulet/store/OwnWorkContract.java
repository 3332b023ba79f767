package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a node may do about its own work: keep it, and take back at its start what it was at when it was killed. */
public abstract class OwnWorkContract extends TaskContract {
    private static final MediaPlan PLAN = Samples.plan(20);

    /** The same rows as another node sees them. */
    protected abstract VideoStore videosOf(String node);

    @Test
    void whatAWorkerWasAtIsTakenBackAtOnceAndNobodyElses() {
        VideoId id = queued(PLAN);
        Claim mine = claimed(id, "mine", 0);
        Claim others = claimed(id, "another", 1);

        assertThat(await(tasks().reclaim("mine"))).containsExactly(id);
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.WAITING);
        assertThat(chunkRow(id, 0, 0).attempts()).singleElement().satisfies(lost -> {
            assertThat(lost.kind()).isEqualTo("LOST");
            assertThat(lost.worker()).isEqualTo("mine");
            assertThat(lost.reason()).isEqualTo("its process ended");
        });
        assertThat(chunkRow(id, 0, 1).state()).isEqualTo(TaskState.RUNNING);
        assertThat(await(tasks().finish(mine.lease(), Samples.chunk(PLAN, 0, 0), POLICY)))
                .isInstanceOf(Finish.Stale.class);
        assertThat(await(tasks().finish(others.lease(), Samples.chunk(PLAN, 0, 1), POLICY)))
                .isInstanceOf(Finish.Accepted.class);
        assertThat(await(tasks().reclaim("mine"))).isEmpty();
        await(tasks().topUp(id, 1000));
        assertThat(claimed(id, "mine", 0).failures()).isZero();
    }

    @Test
    void whatIsFinishedStaysFinished() {
        VideoId id = queued(PLAN);
        await(tasks().finish(claimed(id, "mine", 0).lease(), Samples.chunk(PLAN, 0, 0), POLICY));
        assertThat(await(tasks().reclaim("mine"))).isEmpty();
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void theRightToJoinIsProlongedAsLongAsNobodyElseHasIt() {
        VideoId id = planned(PLAN);
        UUID slow = await(videos().claimJoin(id, "144p", Duration.ZERO)).orElseThrow();
        assertThat(await(videos().renewJoin(id, "144p", slow, LEASE))).isTrue();
        assertThat(await(videos().claimJoin(id, "144p", LEASE))).isEmpty();

        assertThat(await(videos().renewJoin(id, "144p", slow, Duration.ZERO))).isTrue();
        UUID next = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        assertThat(await(videos().renewJoin(id, "144p", slow, LEASE))).isFalse();
        assertThat(await(videos().renewJoin(id, "144p", next, LEASE))).isTrue();
        assertThat(await(videos().joined(id, "144p", next, new JoinedFigures(1, 1, "avc1", 1))))
                .isTrue();
        assertThat(await(videos().renewJoin(id, "144p", next, LEASE))).isFalse();
    }

    @Test
    void joinsOfAnEarlierProcessOfThisNodeAreGivenUpAndNobodyElses() {
        VideoId id = planned(PLAN);
        VideoStore mine = videosOf("mine");
        VideoStore other = videosOf("other");
        UUID left = await(mine.claimJoin(id, "144p", LEASE)).orElseThrow();
        UUID running = await(other.claimJoin(id, "240p", LEASE)).orElseThrow();

        assertThat(await(mine.releaseJoins())).isEqualTo(1);
        assertThat(await(mine.releaseJoins())).isZero();
        assertThat(await(mine.joined(id, "144p", left, new JoinedFigures(1, 1, "avc1", 1))))
                .isFalse();
        assertThat(await(other.claimJoin(id, "144p", LEASE))).isPresent();
        assertThat(await(other.renewJoin(id, "240p", running, LEASE))).isTrue();
    }

    @Test
    void uploadsOfThisNodeAreKnownAsLongAsTheyArrive() {
        VideoStore mine = videosOf("receiver");
        NewVideo arriving = Samples.video();
        NewVideo arrived = Samples.video();
        NewVideo elsewhere = Samples.video();
        await(mine.create(arriving));
        await(mine.create(arrived));
        await(mine.uploaded(arrived.id(), 1));
        await(videosOf("other").create(elsewhere));
        assertThat(await(mine.arriving())).containsExactly(arriving.id());
    }

    @Test
    void aRefusalComesTooLateOnceAnotherHasPlanned() {
        VideoError reason = new VideoError(ErrorCode.TIMED_OUT, "Looking took too long.");
        VideoId planned = planned(PLAN);
        assertThat(await(videos().refuse(planned, reason))).isEmpty();
        assertThat(await(videos().find(planned)).orElseThrow().status()).isEqualTo(VideoStatus.PROCESSING);

        NewVideo unplanned = Samples.video();
        await(videos().create(unplanned));
        assertThat(await(videos().refuse(unplanned.id(), reason))).isEmpty();
        await(videos().uploaded(unplanned.id(), 1));
        assertThat(await(videos().refuse(unplanned.id(), reason))).isPresent();
        assertThat(await(videos().refuse(unplanned.id(), reason))).isEmpty();
        Video refused = await(videos().find(unplanned.id())).orElseThrow();
        assertThat(refused.status()).isEqualTo(VideoStatus.FAILED);
        assertThat(refused.error()).isEqualTo(reason);
        assertThat(await(videos().refuse(VideoId.random(), reason))).isEmpty();
        assertThat(await(videos().announce(planned, Announcement.once("x", "x", Announcement.Mark.NOTHING, Map.of()))))
                .isPresent();
    }

    private Claim claimed(VideoId video, String worker, int chunk) {
        Optional<Claim> claim =
                await(tasks().claim(row(video, TaskKind.CHUNK, 0, chunk).id(), worker, LEASE));
        return claim.orElseThrow();
    }
}
