package dev.rivulet.ffmpeg;

import java.nio.file.Path;

/**
 * What a command reads and where it writes.
 *
 * @param source what ffmpeg opens
 * @param folder the work folder of the attempt; it exists
 * @param limits what the process may use
 */
public record Place(String source, Path folder, Limits limits) {}
