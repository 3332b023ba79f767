package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a process has written. A long film makes thousands of files, which take a while to be gone through: that is done
 * less often then, but never so seldom that the limit could be passed by much at the pace seen so far.
 */
final class OutputSize {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST = 10 * SECOND;
    /** Time between looks, as a multiple of what one takes. */
    private static final long SPARSENESS = 50;

    private final Path folder;
    private final long limit;
    private final LongSupplier nanos;
    private long found;
    private long foundAt;
    private long next;

    /**
     * @param limit bytes that may lie in the folder
     * @param nanos a monotonic clock
     */
    OutputSize(Path folder, long limit, LongSupplier nanos) {
        this.folder = folder;
        this.limit = limit;
        this.nanos = nanos;
        this.foundAt = nanos.getAsLong();
        this.next = foundAt;
    }

    /** Whether there is more than there may be. Looks only when it is time to. */
    boolean exceeded() {
        long now = nanos.getAsLong();
        if (now - next >= 0) {
            long size = walk();
            long after = nanos.getAsLong();
            next = after + pause(after - now, size, new Growth(size - found, after - foundAt), limit);
            found = size;
            foundAt = after;
        }
        return found > limit;
    }

    /**
     * What was written since the look before.
     *
     * @param nanos time since then
     */
    record Growth(long bytes, long nanos) {}

    /**
     * Nanoseconds until the next look: half of the time that is left at the pace seen last, at most fifty times what a look
     * takes, from 1 to 10 s.
     *
     * @param took nanoseconds that the look took
     */
    static long pause(long took, long size, Growth growth, long limit) {
        long cheap = Math.min(LONGEST, took * SPARSENESS);
        double left = Math.max(0, limit - size);
        double safe = growth.bytes() <= 0 ? LONGEST : left / growth.bytes() * growth.nanos() / 2;
        return Math.max(SECOND, (long) Math.min(cheap, safe));
    }

    private long walk() {
        AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The next look is near.
            return found;
        }
        return sum.get();
    }
}
