package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.Offer;
import dev.rivulet.store.TaskStore.Renewal;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every store of tasks owes those who hand out and do the work. */
public abstract class TaskStoreContract extends TaskContract {
    private static final MediaPlan SHORT = Samples.plan(20);
    private static final MediaPlan LONG = Samples.plan(120);

    @Test
    void oneOfManyClaimsWins() {
        VideoId id = queued(SHORT);
        TaskId task = chunkRow(id, 0, 0).id();
        List<Claim> won = together(16, () -> tasks().claim(task, "w", LEASE)).stream()
                .flatMap(Optional::stream)
                .toList();
        assertThat(won).hasSize(1);
        Claim claim = won.get(0);
        assertThat(claim.video()).isEqualTo(id);
        assertThat(claim.lease().attempt()).isEqualTo(1);
        assertThat(claim.plan().chunks()).isEqualTo(SHORT.chunks());
        assertThat(claim.plan().renditions()).isEqualTo(SHORT.renditions());
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.RUNNING);
        assertThat(chunkRow(id, 0, 0).worker()).isEqualTo("w");
    }

    @RepeatedTest(10)
    void severalAreClaimedAtOnceAndEachOnce() {
        VideoId id = queued(LONG);
        List<TaskId> all = await(tasks().tasks(id)).stream().map(TaskRow::id).toList();
        List<Claim> won = together(6, () -> tasks().claim(all, "w", LEASE)).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(won).hasSize(all.size());
        assertThat(won).extracting(claim -> claim.lease().task()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(won).extracting(claim -> claim.lease().token()).doesNotHaveDuplicates();
        assertThat(await(tasks().claim(all, "late", LEASE))).isEmpty();
        assertThat(await(tasks().claim(List.of(), "w", LEASE))).isEmpty();
    }

    @Test
    void whatIsNotQueuedIsNotToBeHad() {
        VideoId id = planned(SHORT);
        assertThat(tryClaim(id, TaskKind.CHUNK, 0, 0)).isEmpty();
        assertThat(await(tasks().claim(new TaskId(Long.MAX_VALUE), "w", LEASE))).isEmpty();
    }

    @Test
    void anExpiredLeaseBelongsToTheNextAndTheLateFinisherIsRefused() {
        VideoId id = queued(SHORT);
        TaskId task = chunkRow(id, 0, 0).id();
        Lease late =
                await(tasks().claim(task, "slow", Duration.ZERO)).orElseThrow().lease();
        assertThat(await(tasks().reclaimExpired())).contains(id);
        assertThat(chunkRow(id, 0, 0).state()).isEqualTo(TaskState.WAITING);

        assertThat(await(tasks().finish(late, Samples.chunk(SHORT, 0, 0), POLICY)))
                .isInstanceOf(Finish.Stale.class);
        await(tasks().topUp(id, 1000));
        Lease next = chunkLease(id, 0, 0);
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(await(tasks().finish(late, Samples.chunk(SHORT, 0, 0), POLICY)))
                .isInstanceOf(Finish.Stale.class);
        assertThat(await(tasks().fail(late, CRASH, POLICY))).isInstanceOf(TaskStore.Fate.Stale.class);
        assertThat(await(tasks().tick(late, 0.9, 0))).isFalse();
        await(tasks().release(late));
        assertThat(await(tasks().finish(next, Samples.chunk(SHORT, 0, 0), POLICY)))
                .isInstanceOf(Finish.Accepted.class);
        assertThat(chunkRow(id, 0, 0).attempts())
                .extracting(TaskStore.Attempt::kind, TaskStore.Attempt::worker)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("LOST", "slow"));
    }

    @Test
    void renewingTellsWhatWasLost() {
        VideoId id = queued(SHORT);
        Lease kept = await(tasks().claim(chunkRow(id, 0, 0).id(), "w", Duration.ZERO))
                .orElseThrow()
                .lease();
        Lease forged = new Lease(chunkRow(id, 0, 1).id(), UUID.randomUUID(), 1);
        assertThat(await(tasks().renew(List.of(kept, forged), LEASE)))
                .isEqualTo(new Renewal(List.of(kept), List.of(forged)));
        assertThat(await(tasks().reclaimExpired())).doesNotContain(id);
        assertThat(await(tasks().renew(List.of(), LEASE))).isEqualTo(new Renewal(List.of(), List.of()));
    }

    @Test
    void leasesOfADeletedOrCancelledVideoAreLost() {
        VideoId deleted = queued(SHORT);
        VideoId cancelled = queued(SHORT);
        Lease first = chunkLease(deleted, 0, 0);
        Lease second = chunkLease(cancelled, 0, 0);
        await(videos().delete(deleted));
        await(videos().announce(cancelled, Announcement.failed(VideoStatus.CANCELLED, null)));

        assertThat(await(tasks().renew(List.of(first, second), LEASE)).lost()).containsExactly(first, second);
        for (Lease lease : List.of(first, second)) {
            assertThat(await(tasks().finish(lease, Samples.chunk(SHORT, 0, 0), POLICY)))
                    .isInstanceOf(Finish.Stale.class);
        }
        assertThat(await(tasks().tasks(deleted))).isEmpty();
    }

    @Test
    void aReleasedTaskIsUnharmed() {
        VideoId id = queued(SHORT);
        await(tasks().release(chunkLease(id, 0, 0)));
        assertThat(await(tasks().topUp(id, 1000)))
                .extracting(Offer::task)
                .containsExactly(chunkRow(id, 0, 0).id());
        assertThat(chunkRow(id, 0, 0).attempts()).isEmpty();
        assertThat(chunkLease(id, 0, 0).attempt()).isEqualTo(2);
    }

    @Test
    void resultsComeBackAsTheyWere() {
        VideoId id = queued(SHORT);
        await(tasks().finish(chunkLease(id, 1, 0), Samples.chunk(SHORT, 1, 0), POLICY));
        await(tasks().finish(chunkLease(id, 1, 2), Samples.chunk(SHORT, 1, 2), POLICY));
        assertThat(await(tasks().audio(id))).isEmpty();
        AudioMade lowest = Samples.audio(SoundPart.LOWEST.only(SHORT));
        await(tasks().finish(claimed(id, TaskKind.AUDIO, 1, 0).lease(), lowest, POLICY));
        assertThat(await(tasks().audio(id))).hasValue(lowest);
        AudioMade others = Samples.audio(SoundPart.OTHERS.only(SHORT));
        await(tasks().finish(claimed(id, TaskKind.AUDIO, 2, 0).lease(), others, POLICY));

        assertThat(await(tasks().chunks(id, 1)))
                .isEqualTo(Map.of(0, Samples.chunk(SHORT, 1, 0), 2, Samples.chunk(SHORT, 1, 2)));
        assertThat(await(tasks().audio(id))).hasValue(Samples.audio(SHORT));
        assertThat(await(tasks().summary(id)).audioSegments()).isEqualTo(1);
        assertThat(await(videos().find(id)).orElseThrow().renditions())
                .extracting(RenditionRow::completedChunks)
                .containsExactly(List.of(), List.of(0, 2), List.of(0, 2), List.of());
    }
}
