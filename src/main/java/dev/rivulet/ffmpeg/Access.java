package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one process needs of the file system; in a sandbox it sees nothing else. Sources that are read by URL will need a
 * word about the network here.
 *
 * @param reads files and folders that it may read; they exist
 * @param writes the one folder that it may write; it exists
 */
public record Access(List<Path> reads, Optional<Path> writes) {
    /** Keeps a copy of the list that cannot be changed. */
    public Access {
        reads = List.copyOf(reads);
    }

    /** For a process that only looks. */
    public static Access reading(String source) {
        return new Access(List.of(Path.of(source)), Optional.empty());
    }

    /** For a process that makes files of others. */
    public static Access writing(List<Path> reads, Path folder) {
        return new Access(reads, Optional.of(folder));
    }
}
