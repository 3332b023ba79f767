package dev.rivulet.store;

import dev.rivulet.job.JoinFate;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Videos, their qualities and their updates. PostgreSQL is the truth; every method is one transaction. */
public interface VideoStore {
    /** Writes the row of a video whose bytes begin to arrive at this node, in state UPLOADING. */
    Future<Void> create(NewVideo video);

    /** UPLOADING to PROCESSING, once the bytes are durable; false when the video is in another state or gone. */
    Future<Boolean> uploaded(VideoId id, long fileSize);

    Future<Optional<Video>> find(VideoId id);

    /** A video whose qualities name no finished chunks, which for a long one take longer than all the rest. */
    Future<Optional<Video>> outline(VideoId id);

    /** How far videos are whose bytes are all there; those that are not planned, are settled or are gone are left out. */
    Future<List<Underway>> underway(Collection<VideoId> videos);

    /**
     * A page of videos, newest first.
     *
     * @param limit 1 to 100
     * @param after cursor of the page before, or null
     */
    Future<VideoPage> list(Wanted wanted, int limit, @Nullable String after);

    /**
     * Changes title or description, and says so where something is different then; null leaves as it is. Empty when there is
     * no such video.
     */
    Future<Optional<Described>> describe(VideoId id, @Nullable String title, @Nullable String description);

    /** Changes how urgent a video is within its user's share. */
    Future<Void> prioritize(VideoId id, int priority);

    /** Writes plan, qualities and tasks of a PROCESSING video at once; false when it has a plan or another state. */
    Future<Boolean> plan(VideoId id, MediaPlan plan, List<NewTask> tasks);

    /** Applies an announcement; empty when it was said before or its move is illegal. Times are the database's. */
    Future<Optional<Update>> announce(VideoId id, Announcement announcement);

    /**
     * Says how far videos are, of many in one transaction; those that are settled or gone say nothing.
     *
     * @param news repeatable updates with a progress, and no move
     */
    Future<List<Update>> tell(Map<VideoId, Announcement> news);

    /** Keys of what was said of a video and is said but once. */
    Future<Set<String>> said(VideoId id);

    /**
     * Moves a video to FAILED for what its file is, and says so; empty when it has been planned meanwhile, or is in another
     * state than PROCESSING.
     */
    Future<Optional<Update>> refuse(VideoId id, VideoError error);

    /** The updates after {@code seq}, in order; empty optional when some of them are no longer kept. */
    Future<Optional<List<Update>>> updatesAfter(VideoId id, long seq);

    /** Wins the right to join a quality for a while; empty when it is joined, failed, or being joined by another. */
    Future<Optional<UUID>> claimJoin(VideoId id, String quality, Duration lease);

    /** Prolongs the right to join, also after its end, as long as nobody else has won it; false when it is lost. */
    Future<Boolean> renewJoin(VideoId id, String quality, UUID token, Duration lease);

    /** Records a joined quality; false when the right to do so was lost. */
    Future<Boolean> joined(VideoId id, String quality, UUID token, RenditionRow.JoinedFigures figures);

    /** Gives up the right to join, so that another may try at once. */
    Future<Void> releaseJoin(VideoId id, String quality, UUID token);

    /** Marks qualities as failed for good, unless they are joined. */
    Future<Void> failQualities(VideoId id, List<String> qualities, VideoError error);

    /**
     * Records that a join failed, if the right to it still holds: it is tried again after a pause, then the quality's chunks
     * are encoded again, once, then the quality is given up with {@code error}.
     */
    Future<JoinFate> joinFailed(VideoId id, String quality, UUID token, VideoError error);

    /**
     * Begins what has failed again, keeping all that is made; on success with the update that tells of it.
     *
     * @param quality only this one, or null for all
     */
    Future<Retry> retry(VideoId id, @Nullable String quality);

    /** What a video left behind when it became {@code status} is removed; nothing happens in another state. */
    Future<Void> tidied(VideoId id, VideoStatus status);

    /** Removes all rows of a video that could not be received, unless it was cancelled; false when there was nothing to remove. */
    Future<Boolean> discard(VideoId id);

    /** Removes all rows of a video whose bytes are arriving; false in another state. */
    Future<Boolean> abandon(VideoId id);

    /** Videos whose bytes were arriving at this node, be it at an earlier process of it; without uploads that may go on. */
    Future<List<VideoId>> arriving();

    /** Gives up every right to join that this node has, be it of an earlier process; returns how many there were. */
    Future<Integer> releaseJoins();

    /** How many videos are not settled. */
    Future<Long> underWay();

    /** What recovery has to look after: videos that are being made, and settled ones that are not tidied; oldest first. */
    Future<List<Pending>> pending();

    /** The last update of a removed video; empty for any other, and when its removal is not on record any more. */
    Future<Optional<Update>> removal(VideoId id);

    /** Removes all rows of a video; false when there were none. */
    Future<Boolean> delete(VideoId id);

    /** Counts views; a video that is gone is left out. */
    Future<Void> viewed(Map<VideoId, Integer> views);

    /**
     * A video that somebody has to see to.
     *
     * @param planned false while its source has yet to be looked at
     * @param waiting whether a task waits whose time has come
     * @param idle whether nobody works on it, or a quality of it could be joined: nothing may be under way that goes on by
     *     itself
     */
    record Pending(VideoId id, boolean planned, boolean waiting, boolean idle) {}

    /**
     * Which videos a list has.
     *
     * @param status only those in this state, or null for all
     * @param words each of them has to be somewhere in title or description, in capitals or not
     */
    record Wanted(@Nullable VideoStatus status, List<String> words) {
        private static final int MOST_WORDS = 20;

        /** All videos. */
        public static final Wanted ALL = new Wanted(null, List.of());

        public Wanted {
            words = List.copyOf(words);
        }

        /** @param text words with spaces between them, of which the first 20 count; null or blank for all videos */
        public static Wanted of(@Nullable VideoStatus status, @Nullable String text) {
            String bare = text == null ? "" : text.strip();
            return new Wanted(
                    status,
                    bare.isEmpty()
                            ? List.of()
                            : Stream.of(bare.split("\\s+")).limit(MOST_WORDS).toList());
        }
    }

    /**
     * Work on a video as it is now; nothing when there is none. What fails because the video was deleted meanwhile has not
     * failed: nothing is to be done for it any more.
     */
    static Future<Void> whileThere(VideoStore videos, VideoId id, Function<Video, Future<Void>> work) {
        return videos.outline(id)
                .compose(found -> found.map(work).orElseGet(Future::succeededFuture))
                .recover(failure -> videos.outline(id)
                        .compose(left -> left.isPresent()
                                ? Future.<Void>failedFuture(failure)
                                : Future.<Void>succeededFuture()));
    }

    /**
     * A page of videos.
     *
     * @param next cursor of the next page, null at the end
     */
    record VideoPage(List<Video> items, @Nullable String next) {}

    /**
     * A video after its title or description was asked to change.
     *
     * @param update what to tell of it; empty when both were so before
     */
    record Described(Video video, Optional<Update> update) {}
}
