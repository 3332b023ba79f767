package dev.rivulet.store.disk;

import dev.rivulet.store.Extent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Folders with all that is in them, and what makes them last. Blocks. */
public final class FileTree {
    /** How often a tree is gone through that others still write into. */
    private static final int ATTEMPTS = 20;

    private FileTree() {}

    /** Creates a folder and those above it, on stable storage. */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            sync(parent);
        }
    }

    /** Waits until a file's bytes, or the names in a folder, are on stable storage. */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a file, or a folder with all that is in it; links are deleted, not followed. Nothing there is no error. */
    public static void delete(Path path) throws IOException {
        for (int attempt = 1; Files.exists(path, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                walkAndDelete(path);
            } catch (DirectoryNotEmptyException e) {
                // Somebody has put a file into a folder that was empty a moment ago.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * The first names in a folder behind {@code after}, in order, without hidden ones; none when there is no such folder.
     * Holds no more than a page.
     */
    static List<String> names(Path folder, String after, int limit) throws IOException {
        TreeSet<String> page = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = String.valueOf(path.getFileName());
                if (!name.startsWith(".") && name.compareTo(after) > 0) {
                    page.add(name);
                    if (page.size() > limit) {
                        page.pollLast();
                    }
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(page);
    }

    /** What lies at a path; links are counted, not followed. Empty when there is nothing. */
    static Optional<Extent> extent(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Measure measure = new Measure();
        Files.walkFileTree(path, measure);
        return measure.result();
    }

    /** Adds up sizes and finds the newest time; what vanishes meanwhile does not count. */
    private static final class Measure extends SimpleFileVisitor<Path> {
        private long bytes;
        private @Nullable FileTime newest;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            see(attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            see(attributes);
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private void see(BasicFileAttributes attributes) {
            FileTime changed = attributes.lastModifiedTime();
            if (newest == null || newest.compareTo(changed) < 0) {
                newest = changed;
            }
        }

        Optional<Extent> result() {
            return Optional.ofNullable(newest).map(time -> new Extent(bytes, time.toInstant()));
        }
    }

    private static void walkAndDelete(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Somebody else may be deleting the same. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
