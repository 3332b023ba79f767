package dev.rivulet.ffmpeg;

import java.time.Duration;

/**
 * What one process may use.
 *
 * @param maxPixels largest picture that a decoder accepts, width times height
 * @param maxStreams most streams that a demuxer accepts
 * @param memoryMib data segment in MiB
 * @param maxOutputBytes largest file that it may write
 * @param probeTimeout wall-clock time of a probe
 * @param silence wall-clock time without progress after which a process is killed
 */
public record Limits(
        long maxPixels,
        int maxStreams,
        int memoryMib,
        long maxOutputBytes,
        Duration probeTimeout,
        Duration silence) {}
