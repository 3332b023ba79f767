package dev.rivulet.recovery;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what an earlier process of this node left in its work folder: nobody can go on with it. */
public final class LeftBehind {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
    private static final String PART = ".part";

    private LeftBehind() {}

    /** Called before anything works in the folder. Blocks while files are deleted; the future removes rows. */
    public static Future<Void> remove(WorkFolders folders, VideoStore videos, MediaFiles files) {
        List<VideoId> uploads = uploads(folders.root().resolve("uploads"));
        if (Files.exists(folders.root())) {
            delete(folders.root());
        }
        Future<Void> done = Future.succeededFuture();
        for (VideoId video : uploads) {
            LOG.info("video={} its upload ended with the process that received it", video);
            done = done.compose(nothing -> videos.find(video))
                    .compose(row -> row.isPresent() && row.get().status() == dev.rivulet.job.VideoStatus.UPLOADING
                            ? files.deleteAll(video)
                                    .compose(gone -> videos.delete(video))
                                    .<Void>mapEmpty()
                            : Future.succeededFuture());
        }
        return done;
    }

    private static List<VideoId> uploads(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> parts = Files.list(folder)) {
            return parts.map(part -> part.getFileName().toString())
                    .filter(name -> name.endsWith(PART))
                    .map(name -> VideoId.parse(name.substring(0, name.length() - PART.length())))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
