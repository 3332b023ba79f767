package dev.rivulet.ffmpeg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** Reads what ffprobe printed as the wrapper library does, without a process. */
final class Probes {
    private Probes() {}

    static FFmpegProbeResult of(byte[] json) throws IOException {
        FFprobe probe = new FFprobe(
                "ffprobe",
                command -> new Printed(
                        command.contains("-version")
                                ? "ffprobe version 8.0.1".getBytes(StandardCharsets.UTF_8)
                                : json));
        return probe.probe(List.of("-i", "file"));
    }

    static FFmpegProbeResult of(String json) throws IOException {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A process that has printed and ended well. */
    private static final class Printed extends Process {
        private final InputStream output;

        Printed(byte[] output) {
            this.output = new ByteArrayInputStream(output);
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return output;
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) {
            return true;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {}
    }
}
