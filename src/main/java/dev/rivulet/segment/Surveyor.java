package dev.rivulet.segment;

import dev.rivulet.ffmpeg.CopyCommand;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Scan;
import dev.rivulet.media.Seeks;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceClasses;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.segment.SegmentVerticle.Cut;
import dev.rivulet.store.MediaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a source is and how it is to be read; copies it when only a copy can be read well. Blocks. */
final class Surveyor {
    private static final Logger LOG = LoggerFactory.getLogger(Surveyor.class);
    private static final Duration START = Duration.ofMinutes(1);
    /** Slowest acceptable disk, in bytes a second. */
    private static final long BYTES_PER_SECOND = 5_000_000;

    private final Prober prober;
    private final FfmpegRunner runner;
    private final Cut cut;

    Surveyor(Prober prober, FfmpegRunner runner, Cut cut) {
        this.prober = prober;
        this.runner = runner;
        this.cut = cut;
    }

    /**
     * Plans a source. When the plan reads a copy, that lies in the work folder under its name.
     *
     * @param key names the runs
     * @param source path of the uploaded file
     * @param folder a work folder, created when it is needed
     * @param spare bytes that may be written there
     * @throws RejectedSourceException when the file cannot become a video
     * @throws IOException when the work folder cannot be written, or a look was broken off: to be repeated
     */
    MediaPlan plan(Object key, String source, Path folder, long spare) throws RejectedSourceException, IOException {
        try {
            Survey survey = survey(key, source, folder, spare);
            String read = survey.input().equals(MediaFiles.SOURCE)
                    ? source
                    : folder.resolve(survey.input()).toString();
            SourceInfo looked = prober.looked(key, read, survey.source());
            return MediaPlan.of(
                    looked,
                    cut.ladder(),
                    cut.segmentSeconds(),
                    cut.chunkSegments(),
                    looked.video().scan() == Scan.TELECINED ? SourceClass.MEZZANINE : survey.sourceClass(),
                    survey.input());
        } catch (ArithmeticException e) {
            LOG.debug("key={} impossible times", key, e);
            throw new RejectedSourceException(
                    ErrorCode.CORRUPT_INPUT, "The file is damaged: it tells impossible times.");
        }
    }

    /** Breaks off what runs under {@code key}. */
    void stop(Object key) {
        runner.kill(key, "is not wanted any more");
    }

    /** @param input name of the file to be read: the uploaded one, or the copy that lies in the work folder */
    private record Survey(SourceInfo source, SourceClass sourceClass, String input) {}

    private Survey survey(Object key, String source, Path folder, long spare)
            throws RejectedSourceException, IOException {
        SourceInfo found = prober.probe(key, source);
        SourceClass sourceClass = SourceClasses.of(found, seeks(key, source, found));
        if (sourceClass == SourceClass.REMUX) {
            long size = Files.size(Path.of(source));
            if (size > spare) {
                throw new IOException("a copy of " + size + " bytes waits until there is room for it");
            }
            Survey copied = copy(key, source, found, folder);
            if (copied != null) {
                return copied;
            }
            sourceClass = SourceClass.MEZZANINE;
        }
        // To read from a place, the length of the whole is enough.
        boolean enough = sourceClass == SourceClass.DIRECT && found.duration() != null;
        return new Survey(enough ? found : prober.measured(key, source, found), sourceClass, MediaFiles.SOURCE);
    }

    private Seeks seeks(Object key, String source, SourceInfo found) throws IOException {
        return SourceClasses.seekable(found) ? prober.seeks(key, source, found) : Seeks.NONE;
    }

    /** Null when the copy cannot be made or read: then the source is read sequentially. */
    private @org.jspecify.annotations.Nullable Survey copy(Object key, String source, SourceInfo found, Path folder)
            throws IOException {
        Path target = folder.resolve(MediaFiles.COPY);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Duration limit = START.plusSeconds(Files.size(Path.of(source)) / BYTES_PER_SECOND);
        Place place = new Place(source, folder, runner.limits());
        RunResult result = runner.ffmpeg(
                key,
                CopyCommand.of(found, MediaFiles.COPY, place),
                place.access(),
                folder.resolve("log.txt"),
                limit,
                progress -> {});
        if (result.brokenOff()) {
            throw new IOException(result.reason());
        }
        if (!result.ok()) {
            FailureKind kind = result.failureKind(true);
            if (kind == FailureKind.STORAGE || kind == FailureKind.LOST) {
                throw new IOException(result.reason());
            }
            LOG.info("key={} cannot be copied: {} {}", key, result.reason(), result.log());
            return null;
        }
        try {
            SourceInfo copy = prober.probe(key, target.toString());
            if (copy.duration() == null || copy.audio().size() != found.audio().size()) {
                return null;
            }
            SourceClass sourceClass = SourceClasses.of(copy, seeks(key, target.toString(), copy));
            return new Survey(
                    copy.copyOf(found),
                    sourceClass == SourceClass.DIRECT ? SourceClass.REMUX : sourceClass,
                    MediaFiles.COPY);
        } catch (RejectedSourceException e) {
            LOG.info("key={} the copy cannot be read: {}", key, e.getMessage());
            return null;
        }
    }
}
