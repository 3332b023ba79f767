package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.PendingImport.Arrived;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Videos that are fetched by link. PostgreSQL is the truth; every method is one transaction. */
public interface ImportStore {
    /** Writes the row of a video that is about to be fetched by this node, in state UPLOADING, together with its link. */
    Future<Void> create(NewVideo video, String url);

    /**
     * Records how far an import is; false when it is not wanted any more, because its video is gone or has left UPLOADING.
     *
     * @param spent all time that was spent on it
     */
    Future<Boolean> record(VideoId video, Arrived arrived, Duration spent);

    /** What this node, be it an earlier process of it, has begun and not ended. */
    Future<List<PendingImport>> pending();
}
