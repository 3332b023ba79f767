package dev.rivulet.ffmpeg;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** Looks at an uploaded file and says what it is. Blocks; belongs on a worker thread. */
public final class Prober {
    private static final Duration MEASURING = Duration.ofMinutes(10);
    private static final long NANOS = 1_000_000_000L;

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
     * @throws IOException when the look was broken off and has to be repeated
     */
    public SourceInfo probe(Object key, String source) throws RejectedSourceException, IOException {
        Probed probed = runner.probe(key, source);
        if (probed instanceof Probed.BrokenOff broken) {
            throw new IOException(broken.reason());
        } else if (probed instanceof Probed.TimedOut) {
            throw new RejectedSourceException(ErrorCode.TIMED_OUT, "Looking at the file took too long.");
        } else if (probed instanceof Probed.TooMuch) {
            throw new RejectedSourceException(
                    ErrorCode.CORRUPT_INPUT, "The file is damaged: it describes itself at more length than any video.");
        } else if (!(probed instanceof Probed.Read)) {
            throw unreadable(source);
        }
        FFmpegProbeResult result = ((Probed.Read) probed).result();
        SourceInfo read = SourceReader.read(result, runner.limits(), maxDuration);
        return read.pictureEnd() == null && read.duration() == null ? measured(key, source, read) : read;
    }

    /** Recorders in browsers write no length: it is found by reading the packets once, without decoding. */
    private SourceInfo measured(Object key, String source, SourceInfo read)
            throws RejectedSourceException, IOException {
        AtomicLong end = new AtomicLong();
        List<String> args = LengthCommand.of(source, read.video(), runner.limits());
        RunResult result = runner.ffmpeg(
                key,
                args,
                Access.reading(source),
                Path.of("/dev/null"),
                MEASURING,
                report -> end.accumulateAndGet(report.out_time_ns, Math::max));
        if (result.failureKind() == FailureKind.LOST) {
            throw new IOException(result.reason());
        }
        Rational frame = Rational.ONE.dividedBy(read.video().averageRate());
        Rational length = new Rational(end.get(), NANOS)
                .plus(frame)
                .plus(read.start())
                .minus(read.video().start());
        if (!result.ok() || end.get() == 0) {
            throw new RejectedSourceException(
                    ErrorCode.CORRUPT_INPUT, "The file does not say how long it is, and it cannot be found out.");
        }
        if (length.compareTo(Rational.of(maxDuration.toSeconds())) > 0) {
            throw new RejectedSourceException(ErrorCode.TOO_LONG, "The video is longer than is accepted here.");
        }
        return read.lasting(length);
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
