package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command reads and where it writes.
 *
 * @param source what ffmpeg opens: a path, a {@link PartedSource}, or what it is fed
 * @param folder the work folder of the attempt; it exists
 * @param limits what the process may use
 * @param feed what the process is given on its standard input
 */
public record Place(String source, Path folder, Limits limits, Optional<Feed> feed) {
    /** What opens its source itself. */
    public Place(String source, Path folder, Limits limits) {
        this(source, folder, limits, Optional.empty());
    }

    /** What its process needs of the world. */
    public Access access() {
        return new Access(PartedSource.files(source), Optional.of(folder), feed);
    }
}
