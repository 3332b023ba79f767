package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about videos, the same by HTTP and by event bus; every refusal is a {@link Fault}. */
public final class VideoDesk {
    /** Videos on a page when nobody says how many. */
    static final int USUAL_LIMIT = 20;

    private final VideoStore videos;
    private final MediaFiles media;

    /** Builds on the ports. */
    public VideoDesk(VideoStore videos, MediaFiles media) {
        this.videos = videos;
        this.media = media;
    }

    Future<JsonObject> list(@Nullable VideoStatus status, @Nullable Integer limit, @Nullable String after) {
        return Future.succeededFuture()
                .compose(start -> videos.list(status, limit == null ? USUAL_LIMIT : limit, after))
                .map(VideoJson::page)
                .recover(VideoDesk::refuseCursor);
    }

    Future<Video> find(VideoId id) {
        return videos.find(id).map(VideoDesk::known);
    }

    Future<Video> describe(VideoId id, @Nullable String title, @Nullable String description) {
        return videos.describe(id, title, description).map(VideoDesk::known);
    }

    /**
     * Removes rows, then bytes. The bytes go even when there is no row any more, so that a deletion that was cut short can
     * be repeated. Running tasks lose their leases with the rows, and with them the right to store anything.
     */
    Future<Void> delete(VideoId id) {
        return videos.delete(id).compose(existed -> media.deleteAll(id)
                .compose(done -> existed ? Future.succeededFuture() : Future.failedFuture(Fault.unknownVideo())));
    }

    /** Stores answer to a cursor that they have not made with an IllegalArgumentException. */
    private static <T> Future<T> refuseCursor(Throwable failure) {
        return Future.failedFuture(
                failure instanceof IllegalArgumentException
                        ? new Fault(400, "invalid_cursor", "The parameter after is no cursor of this list.")
                        : failure);
    }

    private static Video known(Optional<Video> video) {
        return video.orElseThrow(Fault::unknownVideo);
    }
}
