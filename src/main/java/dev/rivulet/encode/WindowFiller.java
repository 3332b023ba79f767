package dev.rivulet.encode;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Fills dispatch windows and offers what has come into them. What is asked for while a filling is under way is filled
 * together afterwards: the busier, the fewer transactions for each task. Belongs to one event loop.
 */
final class WindowFiller {
    /** So many videos are locked at once. */
    private static final int MOST = 50;

    private final TaskStore tasks;
    private final TaskQueue queue;
    private final int window;
    private final Deque<Filling> waiting = new ArrayDeque<>();
    private boolean filling;

    /** @param window how many tasks of each video and class may be on their way at once */
    WindowFiller(TaskStore tasks, TaskQueue queue, int window) {
        this.tasks = tasks;
        this.queue = queue;
        this.window = window;
    }

    private record Filling(Set<VideoId> videos, Promise<Void> done) {}

    /** Fills the window of a video; completes when what came into it is offered. */
    Future<Void> fill(VideoId video) {
        if (waiting.isEmpty() || waiting.getLast().videos().size() >= MOST) {
            waiting.add(new Filling(new LinkedHashSet<>(), Promise.promise()));
        }
        Filling last = waiting.getLast();
        last.videos().add(video);
        next();
        return last.done().future();
    }

    private void next() {
        if (filling || waiting.isEmpty()) {
            return;
        }
        filling = true;
        Filling now = waiting.remove();
        tasks.topUp(now.videos(), window)
                .compose(offers -> offers.isEmpty() ? Future.<Void>succeededFuture() : queue.offer(offers))
                .onComplete(done -> {
                    filling = false;
                    now.done().handle(done);
                    next();
                });
    }
}
