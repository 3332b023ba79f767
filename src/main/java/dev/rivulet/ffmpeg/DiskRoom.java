package dev.rivulet.ffmpeg;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a process may have failed for want of room. Its log lies on the same disk and is empty then, and some muxers end as
 * if all were well.
 */
public final class DiskRoom {
    /** Less than a process writes at once. */
    private static final long LEAST = 1 << 20;

    private DiskRoom() {}

    /** Why a process failed that ended by itself, as far as its disk tells. */
    static Optional<Killed> verdict(int exit, Access access) {
        boolean full = exit != 0 && access.writes().filter(DiskRoom::exhausted).isPresent();
        return full
                ? Optional.of(new Killed(FailureKind.STORAGE, "ended on a full disk: " + DiskFull.WORDS))
                : Optional.empty();
    }

    /** Whether the disk of a file or folder is full. Blocks for a moment. */
    public static boolean exhausted(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace() < LEAST;
        } catch (IOException e) {
            // What is not there has not filled anything.
            return false;
        }
    }
}
