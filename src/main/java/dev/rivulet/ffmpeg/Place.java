package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.List;

/**
 * What a command reads and where it writes.
 *
 * @param source what ffmpeg opens
 * @param folder the work folder of the attempt; it exists
 * @param limits what the process may use
 */
public record Place(String source, Path folder, Limits limits) {
    /** What its process needs of the file system. */
    public Access access() {
        return Access.writing(List.of(Path.of(source)), folder);
    }
}
