package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one process needs of the world; in a sandbox it sees nothing else.
 *
 * @param reads files and folders that it may read; they exist
 * @param writes the one folder that it may write; it exists
 * @param feed what it is given on its standard input
 */
public record Access(List<Path> reads, Optional<Path> writes, Optional<Feed> feed) {
    /** Keeps a copy of the list that cannot be changed. */
    public Access {
        reads = List.copyOf(reads);
    }

    /** For a process that only looks; the source may be a {@link PartedSource}. */
    public static Access reading(String source) {
        return new Access(PartedSource.files(source), Optional.empty(), Optional.empty());
    }

    /** For a process that makes files of others. */
    public static Access writing(List<Path> reads, Path folder) {
        return new Access(reads, Optional.of(folder), Optional.empty());
    }
}
