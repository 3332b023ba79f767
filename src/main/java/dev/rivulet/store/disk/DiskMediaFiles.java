package dev.rivulet.store.disk;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.Extent;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Media files on a disk that all nodes see, or the only one has. */
public final class DiskMediaFiles implements MediaFiles {
    private static final long SMALL = 16 << 10;

    private final Vertx vertx;
    private final Path root;
    private final Gone gone = new Gone();
    private final Settled settled;

    /** @param root {@code media/} in the data directory; created when it is not there */
    public DiskMediaFiles(Vertx vertx, Path root) {
        this.vertx = vertx;
        this.root = root.toAbsolutePath().normalize();
        this.settled = new Settled(this.root);
    }

    @Override
    public Future<Boolean> putAll(VideoId video, Path folder, List<String> names, Fence fence) {
        return write(video, () -> {
            for (String name : names) {
                if (!place(MediaName.under(folder, name), path(video, name), fence)) {
                    return false;
                }
            }
            for (Path parent : names.stream()
                    .map(name -> parent(path(video, name)))
                    .distinct()
                    .toList()) {
                settled.settle(parent);
            }
            return true;
        });
    }

    @Override
    public Future<Boolean> write(VideoId video, String name, Buffer content, Fence fence) {
        byte[] bytes = content.getBytes();
        return write(video, () -> {
            Path target = path(video, name);
            if (!fence.open()) {
                return false;
            }
            FileTree.create(parent(target));
            Path part = part(target);
            try {
                Files.write(part, bytes);
                FileTree.sync(part);
                if (!fence.open()) {
                    return false;
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            settled.settle(parent(target));
            return true;
        });
    }

    @Override
    public Future<Void> adoptSource(VideoId video, Path uploaded) {
        return write(video, () -> {
                    Path target = path(video, SOURCE);
                    place(uploaded, target, Fence.OPEN);
                    settled.settle(parent(target));
                    return true;
                })
                .mapEmpty();
    }

    /** {@inheritDoc} */
    @Override
    public String input(VideoId video, String name) {
        return path(video, name).toString();
    }

    @Override
    public Future<Optional<StoredFile>> find(VideoId video, String name) {
        return run(() -> {
            if (!MediaName.plain(name)) {
                return Optional.empty();
            }
            Path path = path(video, name);
            return regular(path)
                    .map(file -> new StoredFile(
                            path, file.size(), file.lastModifiedTime().toInstant()));
        });
    }

    private static Optional<BasicFileAttributes> regular(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
                    .filter(BasicFileAttributes::isRegularFile);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Future<Buffer> read(VideoId video, String name) {
        return run(() -> Buffer.buffer(Files.readAllBytes(path(video, name))));
    }

    @Override
    public Future<Void> delete(VideoId video, List<String> names) {
        return run(() -> {
            for (String name : names) {
                FileTree.delete(path(video, name));
            }
            return null;
        });
    }

    @Override
    public Future<Void> deleteAll(VideoId video) {
        return run(() -> {
            gone.delete(video, () -> {
                settled.forget(folder(video));
                FileTree.delete(folder(video));
            });
            return null;
        });
    }

    @Override
    public Future<List<String>> names(String after, int limit) {
        return run(() -> FileTree.names(root, after, limit));
    }

    @Override
    public Future<Optional<Extent>> extent(VideoId video) {
        return run(() -> FileTree.extent(folder(video)));
    }

    @Override
    public Future<Map<String, Long>> sizes(VideoId video, Collection<String> names) {
        return run(() -> {
            Map<String, Long> sizes = new HashMap<>();
            for (String name : names) {
                regular(path(video, name)).ifPresent(file -> sizes.put(name, file.size()));
            }
            return sizes;
        });
    }

    @Override
    public Future<Long> freeBytes() {
        return run(() -> {
            try {
                FileTree.create(root);
                Files.delete(Files.createTempFile(root, ".probe", null));
            } catch (IOException e) {
                if (DiskFull.in(e)) {
                    return 0L;
                }
                throw e;
            }
            return Files.getFileStore(root).getUsableSpace();
        });
    }

    /**
     * Moves a file to its name; false when the fence was closed. When it was moved by a run before this one that was cut
     * off, there is nothing left to do; the caller makes the folder's names last.
     */
    private static boolean place(Path source, Path target, Fence fence) throws IOException {
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
            throw new NoSuchFileException(source.toString());
        }
        if (!fence.open()) {
            return false;
        }
        if (same(source, target)) {
            Files.delete(source);
            return true;
        }
        FileTree.create(parent(target));
        // This may take long on a busy disk.
        FileTree.sync(source);
        if (!fence.open()) {
            return false;
        }
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException otherDevice) {
            return copy(source, target, fence);
        }
    }

    /** Every chunk brings the initialization segment of its quality; who has read it keeps it, and the disk is spared. */
    private static boolean same(Path source, Path target) throws IOException {
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                && Files.size(source) <= SMALL
                && Files.size(source) == Files.size(target)
                && Files.mismatch(source, target) == -1;
    }

    private static boolean copy(Path source, Path target, Fence fence) throws IOException {
        Path part = part(target);
        try {
            Files.copy(source, part);
            FileTree.sync(part);
            if (!fence.open()) {
                return false;
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        FileTree.sync(parent(target));
        Files.delete(source);
        return true;
    }

    /** A name beside the final one that nobody can ask for. */
    private static Path part(Path target) {
        return target.resolveSibling("." + UUID.randomUUID() + ".part");
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private Path path(VideoId video, String name) {
        return MediaName.under(folder(video), name);
    }

    private Path folder(VideoId video) {
        return root.resolve(video.toString());
    }

    private Future<Boolean> write(VideoId video, Gone.Write work) {
        return run(() -> gone.write(video, work));
    }

    private <T> Future<T> run(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
