package dev.rivulet.store;

import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a video together with the update that tells of it: both happen, with the next {@code seq}, or neither.
 *
 * @param stage public stage of the update
 * @param once said at most once per video and value of this key; null for repeatable updates
 * @param status the state to move to when the move is legal; null to stay. An illegal move says nothing
 * @param progress new progress 0 to 100, or null to leave it
 * @param mark what becomes true of the video with it
 * @param error for failures
 * @param fields further public fields of the update, such as {@code url} or {@code quality}
 */
public record Announcement(
        String stage,
        @Nullable String once,
        @Nullable VideoStatus status,
        @Nullable Double progress,
        Mark mark,
        @Nullable VideoError error,
        Map<String, Object> fields) {

    /** Stage of the last update of a video that is deleted. */
    public static final String DELETED = "deleted";

    /** Columns that an announcement sets. */
    public enum Mark {
        NOTHING,
        POSTER,
        PREVIEWABLE,
        STORYBOARD
    }

    /** An update that may be said again and again. */
    public static Announcement repeatable(String stage, @Nullable Double progress, Map<String, Object> fields) {
        return new Announcement(stage, null, null, progress, Mark.NOTHING, null, fields);
    }

    /** An update that is said once. */
    public static Announcement once(String stage, String key, Mark mark, Map<String, Object> fields) {
        return new Announcement(stage, key, null, null, mark, null, fields);
    }

    /** A change of state, with its update; {@code key} tells it from the same stage for another reason. */
    public static Announcement move(String stage, String key, VideoStatus status, Map<String, Object> fields) {
        return new Announcement(stage, key, status, null, Mark.NOTHING, null, fields);
    }

    /** Title or description have changed; {@code description} is null where there is none. */
    public static Announcement renamed(String title, @Nullable String description) {
        return repeatable(
                "renamed",
                null,
                description == null ? Map.of("title", title) : Map.of("title", title, "description", description));
    }

    /** The video and all that was made of it are gone: nothing comes after it. */
    public static Announcement deleted() {
        return repeatable(DELETED, null, Map.of());
    }

    /** The end of a video that could not be made whole. */
    public static Announcement failed(VideoStatus status, @Nullable VideoError error) {
        return new Announcement("failed", "failed", status, null, Mark.NOTHING, error, Map.of());
    }
}
