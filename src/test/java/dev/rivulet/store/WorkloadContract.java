package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Workload.Counts;
import dev.rivulet.store.Workload.Failure;
import dev.rivulet.store.Workload.FailurePage;
import dev.rivulet.store.Workload.InWork;
import dev.rivulet.store.Workload.Overview;
import dev.rivulet.store.Workload.Running;
import dev.rivulet.store.Workload.TaskCounts;
import dev.rivulet.store.Workload.Troubled;
import dev.rivulet.testing.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What those who run the server are told, whoever stores it. */
public abstract class WorkloadContract extends TaskContract {
    private static final MediaPlan SHORT = Samples.plan(20);
    private static final int ALL = 200;

    protected abstract Workload workload();

    @Test
    void everyClassIsCountedInEveryState() {
        Counts before = await(workload().counts());
        VideoId id = planned(SHORT);
        await(tasks().topUp(id, 1));
        chunkLease(id, 0, 0);

        Counts after = await(workload().counts());

        assertThat(after.tasks()).containsOnlyKeys(TaskClass.values());
        assertThat(grown(before, after, TaskClass.PREVIEW)).isEqualTo(new TaskCounts(2, 0, 1));
        assertThat(grown(before, after, TaskClass.LOWEST)).isEqualTo(new TaskCounts(1, 1, 0));
        assertThat(grown(before, after, TaskClass.TOP)).isEqualTo(new TaskCounts(2, 1, 0));
        assertThat(after.videos())
                .containsOnlyKeys(VideoStatus.UPLOADING, VideoStatus.PROCESSING, VideoStatus.READY)
                .containsEntry(
                        VideoStatus.PROCESSING,
                        Objects.requireNonNull(before.videos().get(VideoStatus.PROCESSING)) + 1);
        await(videos().delete(id));
        assertThat(await(workload().counts())).isEqualTo(before);
    }

    @Test
    void aRunningTaskSaysWhatItMakesAndWhoMakesIt() {
        VideoId id = planned(SHORT, Samples.video("In work", 0));
        await(tasks().topUp(id, 1000));
        Lease chunk = chunkLease(id, 1, 1);
        await(tasks().tick(chunk, 0.25, 0));
        claimed(id, TaskKind.AUDIO, 1, 0);

        Overview overview = await(workload().overview(ALL));
        List<Running> mine = overview.running().stream()
                .filter(task -> task.subject().video().equals(id))
                .toList();

        assertThat(mine).hasSize(2);
        Running first = mine.get(0);
        assertThat(first.subject())
                .isEqualTo(new Workload.Subject(id, "In work", TaskKind.CHUNK, 1, List.of("240p", "360p"), 1));
        assertThat(first.taskClass()).isEqualTo(TaskClass.MIDDLE);
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(first.worker()).isEqualTo("worker-1");
        assertThat(first.progress()).isCloseTo(0.25, within(1e-6));
        assertThat(first.startedAt()).isBeforeOrEqualTo(overview.at());
        assertThat(first.leaseUntil()).isAfter(overview.at());
        assertThat(mine.get(1).subject().qualities()).isEmpty();
        assertThat(overview.running()).isSortedAccordingTo(Comparator.comparing(Running::startedAt));
        assertThat(await(workload().overview(1)).running()).hasSize(1);
        await(videos().delete(id));
    }

    @Test
    void videosInWorkComeOldestFirstAndLeaveWhenTheyAreSettled() {
        VideoId processing = planned(SHORT, Samples.video("Second", 3));
        NewVideo uploading = Samples.video();
        await(videos().create(uploading));
        List<InWork> both = await(workload().overview(ALL)).unsettled().stream()
                .filter(video -> List.of(processing, uploading.id()).contains(video.id()))
                .toList();
        assertThat(both).extracting(InWork::id).containsExactly(processing, uploading.id());
        assertThat(both.get(0).status()).isEqualTo(VideoStatus.PROCESSING);
        assertThat(both.get(0).priority()).isEqualTo(3);
        assertThat(both.get(0).processingSince()).isNotNull();
        assertThat(both.get(1).processingSince()).isNull();

        await(videos().announce(processing, Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of())));

        assertThat(await(workload().overview(ALL)).unsettled())
                .extracting(InWork::id)
                .contains(uploading.id())
                .doesNotContain(processing);
        await(videos().delete(uploading.id()));
    }

    @Test
    void videosThatEndedBadlySayWhyNewestFirst() {
        VideoError broken = new VideoError(ErrorCode.CORRUPT_INPUT, "broken");
        VideoError slow = new VideoError(ErrorCode.TIMED_OUT, "slow");
        VideoId failed = planned(SHORT);
        await(videos().announce(failed, Announcement.failed(VideoStatus.FAILED, broken)));
        VideoId partial = planned(SHORT);
        await(videos().failQualities(partial, List.of("720p", "360p"), slow));
        await(videos().announce(partial, Announcement.failed(VideoStatus.PARTIAL, slow)));

        List<Troubled> troubled = await(workload().overview(2)).troubled();

        assertThat(troubled).extracting(Troubled::id).containsExactly(partial, failed);
        assertThat(troubled.get(0).failed())
                .containsExactly(new Workload.FailedQuality("360p", slow), new Workload.FailedQuality("720p", slow));
        assertThat(troubled.get(1).error()).isEqualTo(broken);
        assertThat(troubled.get(1).failed()).isEmpty();
        await(videos().delete(failed));
        await(videos().delete(partial));
    }

    @Test
    void failedAttemptsComeNewestFirstPageByPage() {
        VideoId id = queued(SHORT);
        String log = "a line\n".repeat(1000) + "the end";
        TaskFailure hopeless = new TaskFailure(FailureKind.INPUT, "damaged", log);
        await(tasks().fail(claimed(id, TaskKind.POSTER, 0, 0).lease(), hopeless, POLICY));
        await(tasks().fail(chunkLease(id, 1, 0), CRASH, POLICY));
        await(tasks().fail(chunkLease(id, 2, 1), CRASH, POLICY));

        List<Failure> found = new ArrayList<>();
        String after = null;
        do {
            FailurePage page = await(workload().failures(1, after));
            found.addAll(page.items());
            after = page.next();
        } while (after != null);

        List<Failure> mine = found.stream()
                .filter(failure -> failure.subject().video().equals(id))
                .toList();
        assertThat(mine)
                .extracting(failure -> failure.subject().kind()
                        + " "
                        + failure.subject().qualities()
                        + " "
                        + failure.kind()
                        + " "
                        + failure.state())
                .containsExactly(
                        "CHUNK [720p] TOOL WAITING", "CHUNK [240p, 360p] TOOL WAITING", "POSTER [] INPUT FAILED");
        assertThat(mine.get(2).log()).hasSize(6000).endsWith("the end");
        assertThat(mine.get(2).reason()).isEqualTo("damaged");
        assertThat(mine.get(0).attempt()).isEqualTo(1);
        assertThat(mine.get(0).worker()).isEqualTo("worker-1");
        assertThat(await(workload().overview(1)).newestFailure())
                .isEqualTo(mine.get(0).at());
        await(videos().delete(id));
    }

    @Test
    void whatIsNoCursorIsRefused() {
        for (String text : List.of("nonsense", "", "%", "YS9iL2M", "MjAyNi0xMS0yMFQxMDowMDowMFovMQ")) {
            assertThat(failure(workload().failures(10, text))).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static TaskCounts grown(Counts before, Counts after, TaskClass taskClass) {
        TaskCounts old = Objects.requireNonNull(before.tasks().get(taskClass));
        TaskCounts now = Objects.requireNonNull(after.tasks().get(taskClass));
        return new TaskCounts(
                now.waiting() - old.waiting(), now.queued() - old.queued(), now.running() - old.running());
    }
}
