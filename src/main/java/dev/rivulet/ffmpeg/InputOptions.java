package dev.rivulet.ffmpeg;

import java.util.List;

/** What every call that opens an uploaded file says before {@code -i}: untrusted input meets only these readers. */
final class InputOptions {
    /** Demuxers of what people call videos; a playlist in disguise finds no reader. */
    private static final String FORMATS = "mov,mp4,matroska,webm,mpegts,mpeg,avi,flv,asf,ogg,gif";
    /** Bytes that are looked at to know the streams; as ffmpeg has it, but not left to it. */
    private static final String PROBE_BYTES = "5000000";
    /** Bytes of a pixel in the widest format, 16 bits in four planes. */
    private static final long WIDEST_PIXEL = 8;
    /** Indexes of long films are allocated whole. */
    private static final long INDEX_BYTES = 256 << 20;

    private InputOptions() {}

    /** What every command begins with. How much of a damaged file decodes is judged by what comes out, not by a ratio. */
    static List<String> begin() {
        return List.of("-nostdin", "-hide_banner", "-v", "error", "-y", "-max_error_rate", "1");
    }

    /** Options for ffmpeg and ffprobe alike, for a path. */
    static List<String> untrusted(Limits limits) {
        return untrusted(limits, "file");
    }

    /** The same for a source that may not be a path. */
    static List<String> untrusted(String source, Limits limits) {
        return untrusted(limits, PartedSource.protocols(source));
    }

    private static List<String> untrusted(Limits limits, String protocols) {
        return List.of(
                "-max_alloc",
                Long.toString(Math.max(INDEX_BYTES, 2 * WIDEST_PIXEL * limits.maxPixels())),
                "-protocol_whitelist",
                protocols,
                "-format_whitelist",
                FORMATS,
                "-codec_whitelist",
                Decoders.whitelist(),
                "-probesize",
                PROBE_BYTES,
                "-max_streams",
                Integer.toString(limits.maxStreams()));
    }

    /** Options of those that decode the picture alone. A change of size in mid-stream must not start the graph again. */
    static List<String> picture(Limits limits) {
        return List.of(
                "-max_pixels",
                Long.toString(limits.maxPixels()),
                PictureFilters.KEEP_FILTERS,
                "0",
                "-an",
                "-sn",
                "-dn");
    }
}
