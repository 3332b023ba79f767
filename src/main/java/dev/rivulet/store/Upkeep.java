package dev.rivulet.store;

import dev.rivulet.config.Settings.Retention;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What housekeeping asks the rows. Ages are by the database's clock; every removal looks again, in its own statement,
 * whether it is still due. PostgreSQL is the truth; every method is one transaction.
 */
public interface Upkeep {
    /** The states of those of {@code videos} that have a row; a part of an upload is UPLOADING. */
    Future<Map<VideoId, VideoStatus>> states(Collection<VideoId> videos);

    /** The leases under which those of {@code tasks} that are RUNNING are claimed, expired ones too. */
    Future<List<Lease>> leases(Collection<TaskId> tasks);

    /** Videos whose rows were removed at least {@code age} ago and whose bytes may still be there, oldest first. */
    Future<List<Aged>> removals(Duration age, int limit);

    /** Those of {@code videos} whose rows were removed and whose bytes may still be there, however long ago. */
    Future<Set<VideoId>> removed(Collection<VideoId> videos);

    /** Nothing is left of these removed videos. */
    Future<Void> forget(Collection<VideoId> removed);

    /** UPLOADING videos of which nothing was heard for {@code silence}, oldest first; without those that may be resumed. */
    Future<List<Aged>> silent(Duration silence, int limit);

    /** Removes the rows of a video if it is still one of {@link #silent}; false otherwise. */
    Future<Boolean> abandon(VideoId video, Duration silence);

    /** Unfinished resumable uploads that have expired, with the time since then, oldest first. */
    Future<List<Aged>> lapsed(int limit);

    /** Removes the rows of an upload, its video's too, if it is still one of {@link #lapsed}; false otherwise. */
    Future<Boolean> lapse(VideoId upload);

    /** Videos that have been settled for longer than is wanted, oldest first. */
    Future<List<Aged>> expired(Retention retention, int limit);

    /** Removes the rows of a video if it is still one of {@link #expired}; false otherwise. */
    Future<Boolean> expire(VideoId video, Retention retention);

    /**
     * A video and the time since its last change, or since its removal.
     *
     * @param age never negative
     */
    record Aged(VideoId video, Duration age) {}
}
