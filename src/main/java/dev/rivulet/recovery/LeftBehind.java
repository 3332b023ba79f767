package dev.rivulet.recovery;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process of this node left when it was killed. That it has ended is certain, because the data folder is
 * locked: nobody has to wait for its leases to expire.
 */
public final class LeftBehind {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private final VideoStore videos;
    private final UploadStore uploads;
    private final TaskStore tasks;
    private final MediaFiles files;

    /** Changes these. */
    public LeftBehind(VideoStore videos, UploadStore uploads, TaskStore tasks, MediaFiles files) {
        this.videos = videos;
        this.uploads = uploads;
        this.tasks = tasks;
        this.files = files;
    }

    /**
     * Takes back its tasks and its joins, and removes its uploads by form, which nobody has been told were accepted, and its
     * work folder, but for what has arrived of uploads that may be resumed. Blocks; called before anything works here.
     *
     * @param node the name under which it claimed
     * @param going videos whose bytes go on arriving: what has arrived of them stays
     */
    public void remove(String node, WorkFolders folders, Set<VideoId> going) {
        Stream<VideoId> resumable = uploads.unfinished().await().stream()
                .flatMap(upload -> Stream.concat(Stream.of(upload.id()), upload.parts().stream()));
        Set<Path> kept =
                Stream.concat(resumable, going.stream()).map(folders::upload).collect(Collectors.toSet());
        if (Files.exists(folders.root())) {
            delete(folders.root(), kept);
        }
        tasks.reclaim(node)
                .onSuccess(taken -> taken.forEach(video -> LOG.info("video={} goes on where it was left", video)))
                .compose(taken -> videos.releaseJoins())
                .compose(joins -> videos.arriving())
                .compose(arriving ->
                        Future.join(arriving.stream().map(this::remove).toList()))
                .await();
    }

    /** The row goes last: it is what the next start would find, should this one be killed too. */
    private Future<Boolean> remove(VideoId video) {
        LOG.info("video={} its upload ended with the process that received it", video);
        return files.deleteAll(video).compose(gone -> videos.abandon(video));
    }

    /** Leaves the folders in which something is kept. */
    private static void delete(Path root, Set<Path> kept) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (kept.stream().noneMatch(file -> file.startsWith(path))) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder " + root + " cannot be emptied", e);
        }
    }
}
