package dev.rivulet.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where work in progress lies, on this node's disk: one folder per attempt, deleted after it.
 *
 * @param root {@code work/} in the data directory
 */
public record WorkFolders(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Folder of one attempt at a task. */
    public Path task(dev.rivulet.job.Lease lease) {
        return root.resolve(WorkArea.TASKS.folder())
                .resolve(lease.task() + "-" + lease.attempt() + "-"
                        + lease.token().toString().substring(0, 8));
    }

    /** Folder in which a quality is joined. */
    public Path join(dev.rivulet.job.VideoId video, String quality) {
        return root.resolve(WorkArea.JOIN.folder()).resolve(video + "-" + quality);
    }

    /** Folder in which a source is looked at. */
    public Path segment(dev.rivulet.job.VideoId video) {
        return root.resolve(WorkArea.SEGMENT.folder()).resolve(video.toString());
    }

    /**
     * Deletes a folder with all that is in it. A sandbox that was killed ends a moment before what runs in it, which may
     * still write: so it is tried several times. Never fails; what stays then is housekeeping's.
     */
    public static Future<Void> remove(Vertx vertx, Path folder) {
        return remove(vertx, folder, TRIES);
    }

    private static Future<Void> remove(Vertx vertx, Path folder, int tries) {
        String path = folder.toString();
        return vertx.fileSystem().deleteRecursive(path).recover(failure -> {
            if (failure.getCause() instanceof NoSuchFileException missing
                    && folder.toString().equals(missing.getFile())) {
                return Future.succeededFuture();
            }
            if (tries == 1) {
                LOG.warn("folder={} cannot be deleted now: {}", folder, failure.toString());
                return Future.succeededFuture();
            }
            return vertx.timer(PAUSE.toMillis()).compose(again -> remove(vertx, folder, tries - 1));
        });
    }

    /** Where the bytes of an upload arrive. */
    public Path upload(dev.rivulet.job.VideoId video) {
        return root.resolve(WorkArea.UPLOADS.folder()).resolve(video + ".part");
    }
}
