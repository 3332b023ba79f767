package dev.rivulet.ffmpeg;

import dev.rivulet.config.Settings;
import java.time.Duration;

/**
 * What one process may use.
 *
 * @param maxPixels largest picture that a decoder accepts, width times height
 * @param maxStreams most streams that a demuxer accepts
 * @param memory bytes of data that it may hold, 0 for no limit
 * @param maxOutputBytes largest file that it may write
 * @param probeTimeout wall-clock time of a probe
 * @param stallTimeout wall-clock time without progress after which a process is killed
 */
public record Limits(
        long maxPixels,
        int maxStreams,
        long memory,
        long maxOutputBytes,
        Duration probeTimeout,
        Duration stallTimeout) {

    public static Limits of(Settings.Ffmpeg ffmpeg, Settings.Limits limits) {
        return new Limits(
                limits.maxPixels(),
                limits.maxStreams(),
                ffmpeg.memory(),
                ffmpeg.maxOutputBytes(),
                ffmpeg.probeTimeout(),
                ffmpeg.stallTimeout());
    }
}
