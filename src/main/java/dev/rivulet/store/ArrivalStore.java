package dev.rivulet.store;

import dev.rivulet.job.Arriving;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Videos that are worked on while their bytes arrive. PostgreSQL is the truth; every method is one transaction. */
public interface ArrivalStore {
    /**
     * Records that bytes of an UPLOADING video are on stable storage.
     *
     * @param bytes from the beginning; a second part is there whole
     * @return what can be done about it
     */
    Future<Worth> arrived(VideoId video, long bytes);

    /**
     * What has arrived of an UPLOADING video of this node without a plan, or with one of which more may be planned; empty when
     * a look is of no use (yet).
     */
    Future<Optional<Unplanned>> unplanned(VideoId video);

    /** A look was of no use before so many bytes have arrived. */
    Future<Void> lookFrom(VideoId video, long bytes);

    /** Writes plan, qualities and tasks of an UPLOADING video at once; false when it has a plan or another state. */
    Future<Boolean> plan(VideoId video, EarlySource source, MediaPlan plan, List<NewTask> tasks);

    /**
     * Writes a plan that goes farther than the one before, and what is to be made for it beside that.
     *
     * @return false when the plan is not the one any more that it goes on from, or the video has another state
     */
    Future<Boolean> extend(VideoId video, Begun before, EarlySource source, MediaPlan plan, List<NewTask> tasks);

    /**
     * Writes the plan of a whole film, of which the beginning was planned and confirmed, and what is to be made beside that.
     *
     * @return false when there is nothing to be confirmed any more
     */
    Future<Boolean> complete(VideoId video, MediaPlan plan, List<NewTask> tasks);

    /** What a PROCESSING video was planned from, unless that was held against the whole file. */
    Future<Optional<EarlySource>> unconfirmed(VideoId video);

    /** The whole file is what the plan was made from. */
    Future<Void> confirm(VideoId video);

    /** The whole file is not what the plan was made from: the video has no plan, qualities and tasks any more. */
    Future<Void> disown(VideoId video);

    /** Whether an UPLOADING video arrives from its beginning once more, so that nothing made of it so far is of use. */
    Future<Boolean> outdated(VideoId video);

    /** An UPLOADING video has no plan, qualities and tasks any more. */
    Future<Void> withdraw(VideoId video);

    /** Nothing has arrived of an UPLOADING video: the end of what begins with {@link #outdated}. */
    Future<Void> beginAnew(VideoId video);

    /**
     * What can be done with what has arrived.
     *
     * @param look whether the video may be planned now
     * @param tasks whether a task has what it needs
     */
    record Worth(boolean look, boolean tasks) {}

    /**
     * A video whose index may be there.
     *
     * @param parts of its file
     * @param arrived as in {@link Arriving}
     * @param begun what is planned of it, null for nothing
     */
    record Unplanned(List<Part> parts, long arrived, @Nullable Begun begun) {
        /** Keeps a copy of the list that cannot be changed. */
        public Unplanned {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The beginning of a film that is planned.
     *
     * @param number of the plan
     */
    record Begun(EarlySource source, MediaPlan plan, int number) {}
}
