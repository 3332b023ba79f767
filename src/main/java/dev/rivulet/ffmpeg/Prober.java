package dev.rivulet.ffmpeg;

import com.google.gson.JsonParseException;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.SourceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** Looks at an uploaded file and says what it is. Blocks; belongs on a worker thread. */
public final class Prober {
    private final FfmpegRunner runner;
    private final Duration maxDuration;

    public Prober(FfmpegRunner runner, Duration maxDuration) {
        this.runner = runner;
        this.maxDuration = maxDuration;
    }

    /**
     * @param key names the run
     * @param source a local path
     * @throws RejectedSourceException when the file cannot become a video
     */
    public SourceInfo probe(Object key, String source) throws RejectedSourceException {
        FFmpegProbeResult result;
        try {
            result = runner.probe(key, source);
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw unreadable(source);
        }
        if (result.getFormat() == null || result.hasError()) {
            throw unreadable(source);
        }
        return SourceReader.read(result, runner.limits(), maxDuration);
    }

    private static RejectedSourceException unreadable(String source) {
        byte[] head = new byte[0];
        try (InputStream file = Files.newInputStream(Path.of(source))) {
            head = file.readNBytes(FileSignature.LENGTH);
        } catch (IOException e) {
            return new RejectedSourceException(ErrorCode.CORRUPT_INPUT, "The file cannot be read.");
        }
        return FileSignature.container(head)
                .map(name -> new RejectedSourceException(
                        ErrorCode.CORRUPT_INPUT,
                        "The file begins like " + name + " but cannot be read: it is incomplete or damaged. "
                                + "Upload the original file again."))
                .orElseGet(() -> new RejectedSourceException(
                        ErrorCode.NOT_A_VIDEO, "The file is not a video in any format that is known here."));
    }
}
