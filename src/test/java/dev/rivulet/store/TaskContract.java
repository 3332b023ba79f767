package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.Optional;

/** What the contracts of tasks share: a planned video, and the steps of a worker. */
abstract class TaskContract {
    protected static final Duration LEASE = Duration.ofMinutes(1);
    static final RetryPolicy POLICY = new RetryPolicy(3);
    static final TaskFailure CRASH = new TaskFailure(FailureKind.TOOL, "exit 1", "last \0 words");

    protected abstract VideoStore videos();

    protected abstract TaskStore tasks();

    /** Makes the time of every waiting task come. */
    protected abstract void endPauses();

    /** A video whose tasks are planned and WAITING. */
    final VideoId planned(MediaPlan plan, NewVideo video) {
        await(videos().create(video));
        await(videos().uploaded(video.id(), 1000));
        await(videos().plan(video.id(), plan, NewTask.of(plan)));
        return video.id();
    }

    final VideoId planned(MediaPlan plan) {
        return planned(plan, Samples.video());
    }

    /** As {@link #planned}, every task QUEUED. */
    protected final VideoId queued(MediaPlan plan) {
        VideoId id = planned(plan);
        await(tasks().topUp(id, 1000));
        return id;
    }

    /** As {@link #queued}, of a source that was read sequentially to its end: its chunks cannot be read another way. */
    final VideoId queuedSequential(MediaPlan plan) {
        VideoId id = queued(plan.sequential());
        await(tasks().finish(
                        claimed(id, TaskKind.MEZZANINE, 0, 0).lease(),
                        new TaskResult.MezzanineMade(plan.grid().frames()),
                        POLICY));
        await(tasks().topUp(id, 1000));
        return id;
    }

    final TaskRow row(VideoId video, TaskKind kind, int tier, int chunk) {
        return await(tasks().tasks(video)).stream()
                .filter(task -> task.kind() == kind && task.tier() == tier && task.chunk() == chunk)
                .findFirst()
                .orElseThrow();
    }

    final TaskRow chunkRow(VideoId video, int tier, int chunk) {
        return row(video, TaskKind.CHUNK, tier, chunk);
    }

    protected final Claim claimed(VideoId video, TaskKind kind, int tier, int chunk) {
        return tryClaim(video, kind, tier, chunk).orElseThrow();
    }

    final Optional<Claim> tryClaim(VideoId video, TaskKind kind, int tier, int chunk) {
        return await(tasks().claim(row(video, kind, tier, chunk).id(), "worker-1", LEASE));
    }

    final Lease chunkLease(VideoId video, int tier, int chunk) {
        return claimed(video, TaskKind.CHUNK, tier, chunk).lease();
    }

    /** Fails a chunk again and again until it is given up; returns the last fate. */
    final TaskStore.Fate exhaust(VideoId video, TaskKind kind, int tier, int chunk, TaskFailure failure) {
        TaskStore.Fate fate = new TaskStore.Fate.Stale();
        for (int attempt = 1; attempt <= POLICY.attempts(); attempt++) {
            endPauses();
            await(tasks().topUp(video, 1000));
            fate = await(tasks().fail(claimed(video, kind, tier, chunk).lease(), failure, POLICY));
        }
        return fate;
    }
}
