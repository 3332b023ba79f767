package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the tools are and how to start them.
 *
 * @param ffmpeg absolute path of the executable
 * @param ffprobe absolute path of the executable
 * @param environment variables to add to the environment of each process, such as {@code LD_LIBRARY_PATH}
 * @param version what ffmpeg calls itself, such as {@code 8.0.1}
 */
public record FfmpegTools(Path ffmpeg, Path ffprobe, Map<String, String> environment, String version) {
    /** Keeps a copy of the environment that cannot be changed. */
    public FfmpegTools {
        environment = Map.copyOf(environment);
    }
}
