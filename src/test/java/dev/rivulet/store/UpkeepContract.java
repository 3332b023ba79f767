package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings.Retention;
import dev.rivulet.job.Lease;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Upkeep.Aged;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the rows owe to housekeeping. */
public abstract class UpkeepContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Retention NEVER = new Retention(Duration.ZERO, Duration.ZERO);
    private static final Retention BOTH = new Retention(HOUR, HOUR);

    protected abstract Upkeep upkeep();

    protected abstract VideoStore videos();

    protected abstract TaskStore tasks();

    protected abstract UploadStore uploads();

    /** Moves the last change of a video, and its removal, into the past. */
    protected abstract void age(VideoId video, Duration age);

    @Test
    void statesAreToldOfVideosThatHaveARow() {
        VideoId uploading = uploading();
        VideoId processing = uploading();
        await(videos().uploaded(processing, 1));
        assertThat(await(upkeep().states(List.of(uploading, processing, VideoId.random()))))
                .isEqualTo(Map.of(uploading, VideoStatus.UPLOADING, processing, VideoStatus.PROCESSING));
        assertThat(await(upkeep().states(List.of()))).isEmpty();
    }

    @Test
    void uploadsThatMayBeResumedGoWhenTheyHaveExpiredAndNotBefore() {
        VideoId whole = resumable(uploading(), ResumableUpload.Kind.WHOLE);
        VideoId part = resumable(VideoId.random(), ResumableUpload.Kind.PARTIAL);
        VideoId done = resumable(uploading(), ResumableUpload.Kind.WHOLE);
        await(videos().uploaded(done, 1));
        List<VideoId> all = List.of(whole, part, done);
        for (VideoId id : all) {
            age(id, HOUR.multipliedBy(3));
        }
        assertThat(await(upkeep().states(List.of(part)))).isEqualTo(Map.of(part, VideoStatus.UPLOADING));
        assertThat(await(upkeep().silent(HOUR, 100)).stream().map(Aged::video)).doesNotContainAnyElementsOf(all);
        assertThat(await(upkeep().abandon(whole, HOUR))).isFalse();
        assertThat(await(upkeep().lapsed(100)).stream().map(Aged::video))
                .contains(whole, part)
                .doesNotContain(done);
        await(uploads().renew(whole, HOUR, null));
        assertThat(await(upkeep().lapse(whole))).isFalse();
        age(whole, HOUR.multipliedBy(3));
        for (VideoId id : List.of(whole, part)) {
            assertThat(await(upkeep().lapse(id))).isTrue();
            assertThat(await(upkeep().lapse(id))).isFalse();
            assertThat(await(uploads().find(id))).isEmpty();
        }
        assertThat(await(upkeep().lapse(done))).isFalse();
        assertThat(await(videos().find(whole))).isEmpty();
        assertThat(await(videos().find(done))).isPresent();
    }

    private VideoId resumable(VideoId id, ResumableUpload.Kind kind) {
        await(uploads().create(new NewUpload(id, kind, 10L, "", List.of(), HOUR)));
        return id;
    }

    @Test
    void onlyRunningTasksHaveLeases() {
        VideoId id = uploading();
        await(videos().uploaded(id, 1));
        MediaPlan plan = Samples.plan(12);
        await(videos().plan(id, plan, NewTask.of(plan)));
        List<TaskId> queued =
                await(tasks().topUp(id, 1)).stream().map(TaskStore.Offer::task).toList();
        assertThat(await(upkeep().leases(queued))).isEmpty();
        Lease lease = await(tasks().claim(queued.get(0), "here", Duration.ofMillis(1)))
                .orElseThrow()
                .lease();

        // Nobody has taken it back yet: it may be renewed.
        assertThat(await(upkeep().leases(queued))).containsExactly(lease);
        await(tasks().release(lease));
        assertThat(await(upkeep().leases(queued))).isEmpty();
    }

    @Test
    void removalsAreRememberedUntilTheyAreForgotten() {
        VideoId id = uploading();
        assertThat(await(upkeep().removed(List.of(id)))).isEmpty();
        await(videos().delete(id));

        assertThat(await(upkeep().removed(List.of(id, VideoId.random())))).containsExactly(id);
        assertThat(ids(await(upkeep().removals(HOUR, 1000)))).doesNotContain(id);
        age(id, HOUR.plusMinutes(1));
        assertThat(await(upkeep().removals(HOUR, 1000)))
                .filteredOn(aged -> aged.video().equals(id))
                .singleElement()
                .satisfies(aged -> assertThat(aged.age()).isBetween(HOUR, HOUR.plusHours(1)));
        await(upkeep().forget(List.of(id)));
        assertThat(await(upkeep().removed(List.of(id)))).isEmpty();
    }

    @Test
    void anUploadOfWhichNothingIsHeardIsGivenUp() {
        VideoId fresh = uploading();
        VideoId silent = uploading();
        VideoId arrived = uploading();
        await(videos().uploaded(arrived, 1));
        age(silent, HOUR.multipliedBy(2));
        age(arrived, HOUR.multipliedBy(2));
        VideoId resumed = uploading();
        age(resumed, HOUR.multipliedBy(2));

        assertThat(ids(await(upkeep().silent(HOUR, 1000))))
                .contains(silent, resumed)
                .doesNotContain(fresh, arrived);

        await(videos().announce(resumed, Announcement.repeatable("uploading", null, Map.of())));
        assertThat(await(upkeep().abandon(resumed, HOUR))).isFalse();
        assertThat(await(upkeep().abandon(fresh, HOUR))).isFalse();
        assertThat(await(upkeep().abandon(arrived, HOUR))).isFalse();
        assertThat(await(upkeep().abandon(silent, HOUR))).isTrue();
        assertThat(await(upkeep().abandon(silent, HOUR))).isFalse();
        assertThat(await(upkeep().removed(List.of(silent, arrived)))).containsExactly(silent);
    }

    @Test
    void settledVideosExpireByTheirKindAndNeverByZero() {
        VideoId working = uploading();
        VideoId cancelled = cancelled();
        VideoId untidied = uploading();
        await(videos().announce(untidied, Announcement.failed(VideoStatus.CANCELLED, null)));
        VideoId fresh = cancelled();
        List.of(working, cancelled, untidied).forEach(id -> age(id, HOUR.multipliedBy(2)));

        assertThat(await(upkeep().expired(NEVER, 1000))).isEmpty();
        assertThat(ids(await(upkeep().expired(new Retention(HOUR, Duration.ZERO), 1000))))
                .doesNotContain(cancelled);
        assertThat(ids(await(upkeep().expired(BOTH, 1000))))
                .contains(cancelled)
                .doesNotContain(working, untidied, fresh);

        assertThat(await(upkeep().expire(working, BOTH))).isFalse();
        assertThat(await(upkeep().expire(fresh, BOTH))).isFalse();
        assertThat(await(upkeep().expire(cancelled, NEVER))).isFalse();
        assertThat(await(upkeep().expire(cancelled, BOTH))).isTrue();
        assertThat(await(videos().find(cancelled))).isEmpty();
    }

    private VideoId uploading() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        return video.id();
    }

    private VideoId cancelled() {
        VideoId id = uploading();
        await(videos().announce(id, Announcement.failed(VideoStatus.CANCELLED, null)));
        await(videos().tidied(id, VideoStatus.CANCELLED));
        return id;
    }

    private static List<VideoId> ids(List<Aged> all) {
        return all.stream().map(Aged::video).toList();
    }
}
