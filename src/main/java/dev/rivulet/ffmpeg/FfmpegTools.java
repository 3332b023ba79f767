package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.Map;

/**
 * The tools that were found and checked at start.
 *
 * @param environment what their processes need beside the server's own environment
 * @param version of ffmpeg, such as {@code 8.0.1}
 */
public record FfmpegTools(Path ffmpeg, Path ffprobe, Map<String, String> environment, String version) {
    public FfmpegTools {
        environment = Map.copyOf(environment);
    }
}
