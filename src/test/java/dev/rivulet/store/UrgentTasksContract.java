package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.TaskStore.Offer;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every queue does for what a viewer waits for, beside all else that a queue does. */
public abstract class UrgentTasksContract extends TaskQueueContract {
    @Test
    void aClipPassesAFilm() {
        await(queue().offer(List.of(
                new Offer(new TaskId(11), TaskClass.LOWEST, "local", 0, 600),
                new Offer(new TaskId(12), TaskClass.LOWEST, "local", 0, 600))));
        await(queue().offer(List.of(
                new Offer(new TaskId(21), TaskClass.LOWEST, "local", 0, 5),
                new Offer(new TaskId(22), TaskClass.LOWEST, "local", 0, 5))));
        assertThat(taken(4)).containsExactly(21L, 22L, 11L, 12L);
    }

    @Test
    void aFilmIsPassedByAHundredClipsButNotByAll() {
        await(queue().offer(List.of(new Offer(new TaskId(1), TaskClass.LOWEST, "local", 0, 600))));
        await(queue().offer(many(11, 100, "local")));
        assertThat(taken(80)).contains(1L);
    }

    @Test
    void whoWantsUrgentClassesOnlyLeavesTheOthers() {
        await(queue().offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.LOWEST), offer(3, TaskClass.MIDDLE))));
        await(queue().offer(List.of(offer(4, TaskClass.PREVIEW))));
        assertThat(await(queue().take(TaskClass.LOWEST, 4, LONG))).containsExactly(new TaskId(4), new TaskId(2));
        assertThat(await(queue().take(TaskClass.LOWEST, 4, AT_ONCE))).isEmpty();
        assertThat(taken(2)).containsExactly(3L, 1L);
    }

    @Test
    void whoWaitsForUrgentClassesIsWokenByThemAlone() {
        Future<List<TaskId>> hurried = queue().take(TaskClass.LOWEST, 4, LONG);
        await(queue().offer(List.of(offer(1, TaskClass.TOP))));
        together(5, () -> queue().ping().map(true));
        assertThat(hurried.isComplete()).isFalse();
        assertThat(taken(1)).containsExactly(1L);

        await(queue().offer(List.of(offer(2, TaskClass.LOWEST))));
        assertThat(await(hurried)).containsExactly(new TaskId(2));
    }

    @Test
    void whatATakeOfEverythingLeavesWakesWhoeverWantsUrgentClassesOnly() {
        await(queue().offer(List.of(offer(1, TaskClass.LOWEST), offer(2, TaskClass.LOWEST), offer(3, TaskClass.TOP))));
        assertThat(taken(1)).containsExactly(1L);
        assertThat(await(queue().take(TaskClass.LOWEST, 4, LONG))).containsExactly(new TaskId(2));
        assertThat(await(queue().take(4, LONG))).containsExactly(new TaskId(3));
    }
}
