package dev.rivulet.upload;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.disk.FileTree;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The files in which the bytes of resumable uploads arrive. Whoever changes one has its lock. */
record PartFiles(Vertx vertx, WorkFolders folders) {
    /** Makes an empty file, name and all on stable storage. */
    Future<Void> create(VideoId id) {
        return run(() -> {
            Path path = folders.upload(id);
            Path folder = Objects.requireNonNull(path.getParent());
            FileTree.create(folder);
            Files.createFile(path);
            FileTree.sync(path);
            FileTree.sync(folder);
            return null;
        });
    }

    /** The length of a file, all of which is on stable storage now; empty when there is no file. */
    Future<Optional<Long>> durable(VideoId id) {
        return run(() -> {
            Path path = folders.upload(id);
            try {
                FileTree.sync(path);
                return Optional.of(Files.size(path));
            } catch (NoSuchFileException none) {
                return Optional.empty();
            }
        });
    }

    Future<AppendedFile> open(VideoId id, long length, UploadChecksum.@Nullable Sum sum) {
        return AppendedFile.open(vertx, folders.upload(id), length, sum);
    }

    /** Throws the end of a file away, for good. */
    Future<Void> cut(VideoId id, long length) {
        return run(() -> {
            try (FileChannel channel = FileChannel.open(folders.upload(id), StandardOpenOption.WRITE)) {
                channel.truncate(length);
                channel.force(true);
            }
            return null;
        });
    }

    /** Removes a file; nothing there is no error. */
    Future<Void> delete(VideoId id) {
        return run(() -> {
            Files.deleteIfExists(folders.upload(id));
            return null;
        });
    }

    /** Gives a file another name, unless that has been done. */
    Future<Void> rename(VideoId from, VideoId to) {
        return run(() -> {
            Path source = folders.upload(from);
            Path target = folders.upload(to);
            if (Files.exists(source) && !Files.exists(target)) {
                Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
                FileTree.sync(Objects.requireNonNull(target.getParent()));
            }
            return null;
        });
    }

    /**
     * Copies bytes of a file to the end of another, onto stable storage.
     *
     * @param count at most so many
     * @return how many it were
     */
    Future<Long> append(VideoId from, long position, long count, VideoId to) {
        return run(() -> {
            try (FileChannel in = FileChannel.open(folders.upload(from), StandardOpenOption.READ);
                    FileChannel out = FileChannel.open(folders.upload(to), StandardOpenOption.WRITE)) {
                out.position(out.size());
                long copied = in.transferTo(position, count, out);
                if (copied == 0) {
                    throw new IOException("upload " + from + " is shorter than it was");
                }
                out.force(true);
                return copied;
            }
        });
    }

    private <T extends @Nullable Object> Future<T> run(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
