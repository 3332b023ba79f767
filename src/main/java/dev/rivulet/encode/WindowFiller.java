package dev.rivulet.encode;

import dev.rivulet.bus.Gathering;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Fills dispatch windows and offers what has come into them. What is asked for while a filling is under way is filled
 * together afterwards: the busier, the fewer transactions for each task. Belongs to one event loop.
 */
final class WindowFiller {
    /** So many videos are locked at once. */
    private static final int MOST = 50;

    private final Gathering<VideoId, Void> fillings;

    /**
     * @param window how many tasks of each video and class may be on their way at once
     * @param pause completes when the next filling may begin, from the end of one on
     */
    WindowFiller(TaskStore tasks, TaskQueue queue, int window, Supplier<Future<Void>> pause) {
        this.fillings = new Gathering<>(MOST, pause, videos -> tasks.topUp(videos, window)
                .compose(offers -> offers.isEmpty() ? Future.succeededFuture() : queue.offer(offers)));
    }

    /** Fills the window of a video; completes when what came into it is offered. */
    Future<Void> fill(VideoId video) {
        return fillings.run(video);
    }

    /** Fills nothing more; completes when the filling that is under way has ended. */
    Future<Void> end() {
        return fillings.end();
    }
}
