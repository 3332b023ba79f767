package dev.rivulet.store;

import dev.rivulet.job.Arriving;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks, their claims, leases, attempts and results. PostgreSQL is the truth; every method is one transaction. */
public interface TaskStore {
    /**
     * Moves waiting tasks of videos whose time has come into the dispatch windows. Takes as long however many wait.
     *
     * @param window how many of each video and class may be QUEUED or RUNNING at once
     * @return what to offer to the queue: most urgent first, in chunk order, videos taking turns
     */
    Future<List<Offer>> topUp(Collection<VideoId> videos, int window);

    /** Moves waiting tasks of one video into its window. */
    default Future<List<Offer>> topUp(VideoId video, int window) {
        return topUp(List.of(video), window);
    }

    /** Claims QUEUED tasks for {@code worker}: sets leases and attempts in one statement. Those not to be had are left out. */
    Future<List<Claim>> claim(List<TaskId> tasks, String worker, Duration lease);

    /** Claims one task; empty when it is not to be had. */
    default Future<Optional<Claim>> claim(TaskId task, String worker, Duration lease) {
        return claim(List.of(task), worker, lease).map(claims -> claims.stream().findFirst());
    }

    /** Prolongs leases, also such as have expired, as long as nobody has taken the task back. */
    Future<Renewal> renew(List<Lease> leases, Duration lease);

    /**
     * Records how far a running task is.
     *
     * @param fraction 0 to 1
     * @param segments stored segments of each sound rendition
     * @return false when the lease was lost
     */
    Future<Boolean> tick(Lease lease, double fraction, int segments);

    /**
     * Records a result, if the lease still holds, the initialization segments are those of the quality, and the seams to
     * finished neighbours are proven; decided in one transaction under the video's lock.
     */
    Future<Finish> finish(Lease lease, TaskResult result, RetryPolicy policy);

    /** Records a failed attempt and decides the fate of the task, its tier's qualities and its tier's other tasks. */
    Future<Fate> fail(Lease lease, TaskFailure failure, RetryPolicy policy);

    /** Gives a claimed task back unharmed. */
    Future<Void> release(Lease lease);

    /**
     * Takes back to WAITING what a worker was doing, whose process has ended for sure; returns the video of each. Nobody else
     * may be at work under that name.
     */
    Future<List<VideoId>> reclaim(String worker);

    /** Takes tasks whose lease has expired back to WAITING; returns the video of each. */
    Future<List<VideoId>> reclaimExpired();

    /** Every QUEUED task, to offer it again after the queue has lost its memory. */
    Future<List<Offer>> queued();

    /** How far a video is, without reading results. */
    Future<WorkSummary> summary(VideoId video);

    /** Results of the finished chunks of one tier from chunk {@code first} on, by chunk. */
    Future<Map<Integer, TaskResult.ChunkMade>> chunks(VideoId video, int tier, int first);

    /** Results of all finished chunks of one tier, by chunk. */
    default Future<Map<Integer, TaskResult.ChunkMade>> chunks(VideoId video, int tier) {
        return chunks(video, tier, 0);
    }

    /** All tasks of a video in order of kind, tier and chunk, without results. */
    Future<List<TaskRow>> tasks(VideoId video);

    /** What is done of the sound; empty while nothing is. */
    Future<Optional<TaskResult.AudioMade>> audio(VideoId video);

    /**
     * Lets sound be made again that was made before the film's end was known.
     *
     * @return false when it was made with that knowledge: another time would give the same
     */
    Future<Boolean> renewSound(VideoId video);

    /** The result of the subtitles task, when it is done. */
    Future<Optional<TaskResult.SubtitlesMade>> subtitles(VideoId video);

    /**
     * A task to hand out.
     *
     * @param user whose share it is taken from
     * @param priority higher is sooner within that share
     * @param chunks of its video, at least 1: the tasks of a long film give way to a clip's
     */
    record Offer(TaskId task, TaskClass taskClass, String user, int priority, int chunks) {}

    /**
     * A claimed task.
     *
     * @param failures attempts that failed for a reason that counts: lost workers and full disks do not
     * @param seamFailures how many attempts failed at the seam: the lead-in grows with them
     * @param alone whether no other task may run on this node meanwhile: there was not enough memory
     * @param arriving where the bytes are that it needs, while others are on their way; null once all are there
     */
    record Claim(
            Lease lease,
            VideoId video,
            TaskKind kind,
            int tier,
            int chunk,
            int failures,
            int seamFailures,
            boolean alone,
            MediaPlan plan,
            @Nullable Arriving arriving) {
        /** A task of a video of which every byte is there. */
        public Claim(
                Lease lease,
                VideoId video,
                TaskKind kind,
                int tier,
                int chunk,
                int failures,
                int seamFailures,
                boolean alone,
                MediaPlan plan) {
            this(lease, video, kind, tier, chunk, failures, seamFailures, alone, plan, null);
        }

        /** Whether it reads the whole film as it arrives, which lasts: it has no slot meanwhile. */
        public boolean aside() {
            return arriving != null && kind == TaskKind.AUDIO;
        }
    }

    /**
     * What became of leases that were to be prolonged.
     *
     * @param renewed hold for their whole length again
     * @param lost belong to somebody else by now
     */
    record Renewal(List<Lease> renewed, List<Lease> lost) {
        public Renewal {
            renewed = List.copyOf(renewed);
            lost = List.copyOf(lost);
        }
    }

    /** What became of a finished task. */
    sealed interface Finish {
        /**
         * Recorded.
         *
         * @param last whether all of its kind and tier is done with it, and with what was recorded at the same time
         */
        record Accepted(boolean last) implements Finish {}

        /** The task belongs to somebody else by now; nothing was recorded. */
        record Stale() implements Finish {}

        /**
         * A seam or an initialization segment does not fit; the chunk named will be done again or has failed.
         *
         * @param kind what its attempt counts as
         */
        record Redo(TaskId task, FailureKind kind, Fate fate) implements Finish {}
    }

    /** What became of a failed attempt. */
    sealed interface Fate {
        record Again(Instant notBefore) implements Fate {}

        record GivenUp() implements Fate {}

        /** The source is not to be seeked: from now on it is read sequentially, and this task waits for that. */
        record Reclassed() implements Fate {}

        /** The task belongs to somebody else by now. */
        record Stale() implements Fate {}
    }

    /**
     * @param progress share of the weight that is done, 0 to 1
     * @param undone grows when a chunk that was done is made again: what was read of the chunks before is not true any more
     * @param audio the sound of the lowest quality, or all of it; null without sound
     * @param audioSegments stored segments of each rendition of this sound so far
     * @param otherAudio the sound of the other qualities; null where it is no task of its own
     * @param subtitles null without text subtitles
     */
    record WorkSummary(
            double progress,
            long undone,
            List<TierSummary> tiers,
            @Nullable TaskState audio,
            int audioSegments,
            @Nullable TaskState otherAudio,
            @Nullable TaskState subtitles,
            @Nullable TaskState poster) {}

    record TierSummary(int tier, int done, int failed, int total) {
        public boolean complete() {
            return done == total;
        }
    }

    /** A task as the manifest shows it. */
    record TaskRow(
            TaskId id,
            TaskKind kind,
            int tier,
            int chunk,
            TaskState state,
            int attempt,
            @Nullable String worker,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<Attempt> attempts) {}

    /** One failed attempt. */
    record Attempt(int attempt, String worker, Instant at, String kind, String reason, String log) {}
}
