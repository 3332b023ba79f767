package dev.rivulet.recovery;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process of this node left when it was killed. That it has ended is certain, because the data folder is
 * locked: nobody has to wait for its leases to expire.
 */
public final class LeftBehind {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private LeftBehind() {}

    /**
     * Takes back its tasks and its joins, and removes its uploads, which nobody has been told were accepted, and its work
     * folder. Called before anything works here; blocks while the work folder is deleted.
     *
     * @param node the name under which it claimed
     */
    public static Future<Void> remove(
            String node, WorkFolders folders, VideoStore videos, TaskStore tasks, MediaFiles files) {
        if (Files.exists(folders.root())) {
            delete(folders.root());
        }
        return tasks.reclaim(node)
                .onSuccess(taken -> taken.forEach(video -> LOG.info("video={} goes on where it was left", video)))
                .compose(taken -> videos.releaseJoins())
                .compose(joins -> videos.arriving())
                .compose(uploads -> Future.join(uploads.stream()
                        .map(video -> remove(video, videos, files))
                        .toList()))
                .mapEmpty();
    }

    /** The row goes last: it is what the next start would find, should this one be killed too. */
    private static Future<Boolean> remove(VideoId video, VideoStore videos, MediaFiles files) {
        LOG.info("video={} its upload ended with the process that received it", video);
        return files.deleteAll(video).compose(gone -> videos.abandon(video));
    }

    private static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder " + root + " cannot be emptied", e);
        }
    }
}
