package dev.rivulet.bus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rivulet.job.Arriving;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that stages say to each other: ids, enums, numbers and immutable values; never paths, buffers or throwables.
 * By reference within a node, as JSON with its type between nodes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS, property = "type")
public sealed interface Contract {
    /** Probe and plan this video, unless that is done. */
    record SegmentVideo(VideoId video) implements Contract {}

    /** Fill this video's dispatch window. */
    record TopUp(VideoId video) implements Contract {}

    /** Extend the growing playlists of this video and join what is complete. */
    record JoinVideo(VideoId video) implements Contract {}

    /** Make the master playlist, the state and the updates of this video true. */
    record PublishVideo(VideoId video) implements Contract {}

    /** The master playlist of this video has gone: write it again. */
    record WriteMaster(VideoId video) implements Contract {}

    /** Nothing of this video is wanted any more: end what runs for it. */
    record StopVideo(VideoId video) implements Contract {}

    /** Tell the watchers of this video how far it is, if that has changed enough. */
    record ReportProgress(VideoId video) implements Contract {}

    /**
     * Bytes of an upload arrived.
     *
     * @param uploaded bytes so far
     * @param size bytes in all, 0 when unknown
     */
    record UploadMoved(VideoId video, long uploaded, long size) implements Contract {}

    /**
     * Do this work now; answered by a {@link TaskReport}.
     *
     * @param failures earlier attempts that failed for a reason that counts
     * @param arriving where its source is while bytes of it are on their way, null once all are there
     */
    record RunTask(Lease lease, VideoId video, int failures, Work work, @Nullable Arriving arriving)
            implements Contract {}

    /** What has to be made. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS, property = "type")
    sealed interface Work {
        MediaPlan plan();

        /**
         * @param threads for each encoder
         * @param leadIn seconds to begin reading before the chunk
         */
        record EncodeChunk(MediaPlan plan, Chunk chunk, Tier tier, int threads, Rational leadIn) implements Work {}

        record EncodeAudio(MediaPlan plan) implements Work {}

        /** @param threads for decoder and encoder */
        record MakeMezzanine(MediaPlan plan, int threads) implements Work {}

        record MakeSubtitles(MediaPlan plan) implements Work {}

        record MakePoster(MediaPlan plan) implements Work {}
    }

    /**
     * A sign of life of a running task.
     *
     * @param fraction of the work done, 0 to 1
     * @param segments number of segments of every sound rendition, or of chunks of an intermediate, that lie ready in the
     *     work folder
     */
    record TaskTick(Lease lease, double fraction, int segments) implements Contract {}

    /** How a task ended; its files lie in the work folder under the names that they will have. */
    sealed interface TaskReport extends Contract {
        /** @param files names relative to the work folder and to the video's folder alike */
        record Made(TaskResult result, List<String> files) implements TaskReport {
            public Made {
                files = List.copyOf(files);
            }
        }

        record NotMade(TaskFailure failure) implements TaskReport {}
    }

    /** The receiver did what was asked. */
    record Done() implements Contract {}
}
