package dev.rivulet.encode;

import dev.rivulet.job.TaskClass;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The slots of a node. Steady ones take whatever is most urgent. Each of them that is held by a task that lasts has an urgent
 * one beside it, which takes what a viewer waits for: so the beginning of a video does not wait until the chunk of a long
 * film is done. The machine is shared meanwhile, and lasting tasks yield. Belongs to the dispatcher's event loop.
 */
final class Slots {
    private final int steady;
    private final int urgent;
    private final TaskIntake anything;
    private final TaskIntake hurried;
    private int lasting;
    private int hurrying;

    /**
     * @param steady how many there are, at least 1; numbered from 0
     * @param urgent how many more there are; numbered after them
     * @param intakes makes an intake of a share
     */
    Slots(int steady, int urgent, Function<TaskIntake.Share, TaskIntake> intakes) {
        this.steady = steady;
        this.urgent = urgent;
        this.anything = intakes.apply(new TaskIntake.Share(TaskClass.TOP, () -> steady));
        this.hurried = intakes.apply(new TaskIntake.Share(TaskClass.LOWEST, () -> lasting - hurrying));
    }

    /** All slots are free. */
    void open() {
        IntStream.range(0, steady).forEach(anything::free);
        IntStream.range(steady, steady + urgent).forEach(hurried::free);
    }

    /** A task has a slot. */
    void began(RunningTask task) {
        count(task, 1);
        hurried.look();
    }

    /** The slot of a task is free again. */
    void ended(RunningTask task) {
        count(task, -1);
        unused(task);
    }

    /** A task that never began in its slot leaves it. */
    void unused(RunningTask task) {
        if (task.slot() < steady) {
            anything.free(task.slot());
        } else {
            hurried.free(task.slot());
        }
    }

    /** Nothing is taken any more; completes when what is just being claimed has been given back. */
    Future<Void> close() {
        return Future.join(anything.close(), hurried.close()).mapEmpty();
    }

    private void count(RunningTask task, int change) {
        boolean lasts = lasts(task.claim());
        if (task.slot() < steady) {
            lasting += lasts ? change : 0;
        } else {
            // The sound of a clip is not what the rest of the clip has to wait for.
            hurrying += lasts ? 0 : change;
        }
    }

    /** Chunks of the lowest tier, posters and texts make way within moments; these do not. */
    private static boolean lasts(Claim claim) {
        return switch (claim.kind()) {
            case AUDIO, MEZZANINE -> true;
            case CHUNK -> claim.tier() > 0;
            case POSTER, SUBTITLES -> false;
        };
    }
}
