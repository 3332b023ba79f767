package dev.rivulet.encode;

import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.job.Footprint;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this node has claimed and not ended; belongs to the dispatcher's event loop. */
final class RunningTasks {
    private final Map<TaskId, RunningTask> tasks = new LinkedHashMap<>();
    private final FfmpegRunner runner;

    RunningTasks(FfmpegRunner runner) {
        this.runner = runner;
    }

    /** Takes the place of one of the same id. */
    void put(RunningTask task) {
        tasks.put(task.lease().task(), task);
    }

    void remove(RunningTask task) {
        tasks.remove(task.lease().task(), task);
    }

    @Nullable
    RunningTask find(TaskId id) {
        return tasks.get(id);
    }

    /** All of them; changes with them. */
    Collection<RunningTask> all() {
        return tasks.values();
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Bytes that they may still write, as far as is known; none is allowed for more than {@code most}. */
    long reserved(long most) {
        return tasks.values().stream()
                .map(RunningTask::claim)
                .mapToLong(RunningTasks::footprint)
                .map(bytes -> Math.min(bytes, most))
                .sum();
    }

    /** Ends what runs for a video; what each stores is decided when it ends. */
    void kill(VideoId video) {
        of(video).forEach(task -> runner.kill(task.lease(), "is not wanted any more"));
    }

    /**
     * Ends all of a video, whose rows are gone. What waits for a place finds that out when it has one.
     *
     * @return completes when nothing is at work on it, and nothing of it will be stored
     */
    Future<Void> end(VideoId video) {
        List<RunningTask> its = of(video);
        its.forEach(task -> task.held().lose());
        kill(video);
        return Future.join(its.stream().map(RunningTask::over).toList()).mapEmpty();
    }

    private List<RunningTask> of(VideoId video) {
        return tasks.values().stream()
                .filter(task -> task.claim().video().equals(video))
                .toList();
    }

    private static long footprint(Claim claim) {
        return Footprint.of(claim.kind(), claim.plan(), claim.tier(), claim.chunk());
    }
}
