package dev.rivulet.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.progress.ProgressListener;
import net.bramp.ffmpeg.progress.ProgressParser;
import net.bramp.ffmpeg.progress.StreamProgressParser;

/** The wrapper's ffmpeg, told of progress by standard output: where there is no network, there is no socket. */
final class PipedFfmpeg extends FFmpeg {
    private static final URI STANDARD_OUTPUT = URI.create("pipe:1");
    private static final int LONGEST_LINE = 4096;

    private StreamProgressParser reports = new StreamProgressParser(progress -> {});

    PipedFfmpeg(String path, ProcessFunction start) throws IOException {
        super(path, start);
    }

    /** The tool was checked when the server started; the wrapper would ask for its version before every run. */
    @Override
    public synchronized String version() {
        return "ffmpeg version checked at start";
    }

    @Override
    protected ProgressParser createProgressParser(ProgressListener listener) {
        reports = new StreamProgressParser(listener);
        return new Piped();
    }

    /** Takes all that the process prints, which is progress; returns when it has closed its output. */
    @Override
    protected BufferedReader wrapInReader(Process process) {
        try {
            reports.processStream(BoundedStream.lines(process.getInputStream(), LONGEST_LINE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return super.wrapInReader(process);
    }

    /** The wrapper would wait for one second; ours is the limit of the run, and who asks looks at the status himself. */
    @Override
    protected void throwOnError(Process process) {
        process.onExit().join();
    }

    /** What the wrapper wants to know of a way for progress; there is nothing to open or close. */
    private static final class Piped implements ProgressParser {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public URI getUri() {
            return STANDARD_OUTPUT;
        }

        @Override
        public void close() {}
    }
}
