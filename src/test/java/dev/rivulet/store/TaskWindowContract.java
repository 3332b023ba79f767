package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore.Offer;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every store of tasks owes those who fill the queue. */
public abstract class TaskWindowContract extends TaskContract {
    private static final MediaPlan SHORT = Samples.plan(20);
    private static final MediaPlan LONG = Samples.plan(120);

    @Test
    void theWindowIsFilledMostUrgentFirstInChunkOrder() {
        VideoId id = planned(LONG);
        List<Offer> offers = await(tasks().topUp(id, 3));

        assertThat(offers)
                .extracting(Offer::taskClass)
                .containsExactly(
                        TaskClass.PREVIEW,
                        TaskClass.PREVIEW,
                        TaskClass.PREVIEW,
                        TaskClass.LOWEST,
                        TaskClass.LOWEST,
                        TaskClass.LOWEST,
                        TaskClass.MIDDLE,
                        TaskClass.MIDDLE,
                        TaskClass.MIDDLE,
                        TaskClass.TOP,
                        TaskClass.TOP,
                        TaskClass.TOP);
        List<TaskRow> rows = await(tasks().tasks(id));
        assertThat(offers.stream().map(offer -> rows.stream()
                        .filter(task -> task.id().equals(offer.task()))
                        .findFirst()
                        .orElseThrow()))
                .extracting(task -> task.kind() + " " + task.tier() + "." + task.chunk())
                .containsExactly(
                        "CHUNK 0.0",
                        "AUDIO 1.0",
                        "POSTER 0.0",
                        "CHUNK 0.1",
                        "CHUNK 0.2",
                        "CHUNK 0.3",
                        "CHUNK 1.0",
                        "AUDIO 2.0",
                        "CHUNK 1.1",
                        "CHUNK 2.0",
                        "CHUNK 2.1",
                        "CHUNK 2.2");
        assertThat(await(tasks().topUp(id, 3))).isEmpty();
    }

    @Test
    void theOtherSoundOfTheLowestTierComesWhenItsChunksAreOnTheirWay() {
        VideoId id = planned(Samples.twoLowestTogether(60));
        assertThat(offered(id, 3))
                .startsWith("CHUNK 0.0", "AUDIO 1.0", "POSTER 0.0", "CHUNK 0.1", "CHUNK 0.2", "CHUNK 0.3");
        await(tasks().finish(chunkLease(id, 0, 1), Samples.chunk(Samples.twoLowestTogether(60), 0, 1), POLICY));
        assertThat(offered(id, 3)).containsExactly("CHUNK 0.4");
        assertThat(offered(id, 100)).startsWith("CHUNK 0.5", "CHUNK 0.6").doesNotContain("AUDIO 2.0");
        assertThat(offered(id, 100)).containsExactly("AUDIO 2.0");
    }

    private List<String> offered(VideoId id, int window) {
        List<Offer> offers = await(tasks().topUp(id, window));
        List<TaskRow> rows = await(tasks().tasks(id));
        return offers.stream()
                .map(offer -> rows.stream()
                        .filter(row -> row.id().equals(offer.task()))
                        .findFirst()
                        .orElseThrow())
                .map(task -> task.kind() + " " + task.tier() + "." + task.chunk())
                .toList();
    }

    @Test
    void aFinishedTaskMakesRoomForOne() {
        VideoId id = planned(LONG);
        await(tasks().topUp(id, 1));
        Lease lease = chunkLease(id, 2, 0);
        assertThat(await(tasks().topUp(id, 1))).isEmpty();
        await(tasks().finish(lease, Samples.chunk(LONG, 2, 0), POLICY));
        assertThat(await(tasks().topUp(id, 1)))
                .extracting(Offer::task)
                .containsExactly(chunkRow(id, 2, 1).id());
    }

    @Test
    void windowsOfSeveralVideosAreFilledTogetherInTurns() {
        VideoId first = planned(LONG);
        VideoId second = planned(LONG);
        List<Offer> offers = await(tasks().topUp(List.of(second, VideoId.random(), first), 2));
        assertThat(offers).extracting(Offer::taskClass).isSorted();
        assertThat(offers).hasSize(16);
        assertThat(offers.stream()
                        .filter(offer -> offer.taskClass() == TaskClass.TOP)
                        .map(Offer::task))
                .containsExactly(
                        chunkRow(first, 2, 0).id(),
                        chunkRow(second, 2, 0).id(),
                        chunkRow(first, 2, 1).id(),
                        chunkRow(second, 2, 1).id());
        assertThat(await(tasks().topUp(List.of(), 2))).isEmpty();
    }

    @RepeatedTest(20)
    void manyFillSeveralWindowsWithoutHurtingEachOther() {
        List<VideoId> videos = List.of(planned(LONG), planned(LONG), planned(LONG));
        List<VideoId> backwards = List.of(videos.get(2), videos.get(1), videos.get(0));
        long offered = together(4, () -> Future.all(tasks().topUp(videos, 4), tasks().topUp(backwards, 4))
                        .<List<List<Offer>>>map(both -> both.list()))
                .stream()
                .flatMap(List::stream)
                .mapToLong(List::size)
                .sum();
        assertThat(offered).isEqualTo(3 * (3 + 4 + 4 + 4));
    }

    @RepeatedTest(20)
    void theWindowHoldsWhenManyFillIt() {
        VideoId id = planned(LONG);
        long offered = together(8, () -> tasks().topUp(id, 4)).stream()
                .mapToLong(List::size)
                .sum();
        assertThat(offered).isEqualTo(3 + 4 + 4 + 4);
    }

    @Test
    void offersCarryTheUser() {
        NewVideo video = new NewVideo(VideoId.random(), "Hers", null, "film.mp4", 1000, 0, "ann");
        VideoId id = planned(SHORT, video);
        assertThat(await(tasks().topUp(id, 1))).isNotEmpty().allMatch(offer -> offer.user()
                .equals("ann"));
        assertThat(await(tasks().queued())).anyMatch(offer -> offer.user().equals("ann"));
    }

    @Test
    void offersCarryThePriority() {
        VideoId id = planned(SHORT, Samples.video("Urgent", 7));
        assertThat(await(tasks().topUp(id, 1))).isNotEmpty().allMatch(offer -> offer.priority() == 7);
        assertThat(await(tasks().queued())).anyMatch(offer -> offer.priority() == 7);
    }

    @Test
    void nothingIsHandedOutOfASettledVideo() {
        VideoId id = planned(SHORT);
        await(videos().announce(id, Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of())));
        assertThat(await(tasks().topUp(id, 10))).isEmpty();
        assertThat(await(tasks().topUp(VideoId.random(), 10))).isEmpty();
    }

    @Test
    void whatIsQueuedIsOfferedAgainVideosTakingTurns() {
        VideoId first = planned(LONG);
        VideoId second = planned(LONG);
        List<TaskId> mine = Stream.concat(
                        await(tasks().topUp(first, 2)).stream(), await(tasks().topUp(second, 2)).stream())
                .map(Offer::task)
                .toList();
        List<Offer> queued = await(tasks().queued()).stream()
                .filter(offer -> mine.contains(offer.task()))
                .toList();
        assertThat(queued).extracting(Offer::task).containsExactlyInAnyOrderElementsOf(mine);
        assertThat(queued).extracting(Offer::taskClass).isSorted();
        assertThat(queued.subList(0, 2))
                .extracting(Offer::task)
                .containsExactly(
                        chunkRow(first, 0, 0).id(), chunkRow(second, 0, 0).id());
    }
}
