package dev.rivulet.ffmpeg;

import dev.rivulet.job.DiskFull;
import dev.rivulet.media.FrameRates;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.ToneCurve;
import dev.rivulet.media.VideoTrack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Looks at frames of a source where its header is not to be believed. Blocks; belongs on a worker thread. */
final class PictureLook {
    private static final Duration LOOKING = Duration.ofSeconds(20);
    private static final Set<Rational> BROADCAST_RATES =
            Set.of(Rational.of(25), new Rational(30000, 1001), Rational.of(50), new Rational(60000, 1001));
    private static final Set<Integer> BROADCAST_HEIGHTS = Set.of(480, 486, 540, 576, 1080);
    private static final Set<String> MADE_OF_FIELDS =
            Set.of("mpeg2video", "mpeg4", "dvvideo", "prores", "dnxhd", "h264", "vc1", "rawvideo", "ffv1", "v210");

    private final FfmpegRunner runner;

    PictureLook(FfmpegRunner runner) {
        this.runner = runner;
    }

    /**
     * The same picture with its scan, and with its white where its dynamic range is high.
     *
     * @param length of the picture in seconds
     * @throws IOException when the look was broken off and has to be repeated
     */
    SourceInfo at(Object key, String source, SourceInfo read, Rational length) throws IOException {
        VideoTrack video = read.video();
        if (ToneCurve.high(video.transfer())) {
            String log = run(key, source, LookCommand.brightness(source, video, length, runner.limits()));
            double brightest = LookCommand.brightest(log, video);
            int white = brightest == 0 ? VideoTrack.DIFFUSE_WHITE : ToneCurve.white(brightest);
            return read.with(video.looked(video.scan(), white));
        }
        if (worthwhile(video)) {
            String log = run(key, source, LookCommand.fields(source, video, length, runner.limits()));
            Scan scan = LookCommand.counted(log).decide(video.scan(), video.averageRate());
            return read.with(video.looked(scan, video.whiteNits()));
        }
        return read;
    }

    /** The last moment that is looked at of a picture of some length; zero when it is not looked at. */
    static Rational until(VideoTrack video, Rational length) {
        return ToneCurve.high(video.transfer()) || worthwhile(video)
                ? LookCommand.lastPlace(video, length).min(length)
                : Rational.ZERO;
    }

    /** Phones and screens record whole frames at other rates or in other codecs: they do not pay for a look. */
    static boolean worthwhile(VideoTrack video) {
        return video.scan().interlaced()
                || (MADE_OF_FIELDS.contains(video.codec())
                        && BROADCAST_RATES.contains(FrameRates.snap(video.averageRate()))
                        && BROADCAST_HEIGHTS.contains(video.height()));
    }

    /** The log of a run, whatever it came to by itself: a broken source is found out when it is encoded. */
    private String run(Object key, String source, List<String> args) throws IOException {
        Path log = Files.createTempFile("rivulet-look", ".log");
        try {
            RunResult result = runner.ffmpeg(key, args, Access.reading(source), log, LOOKING, report -> {});
            if (result.brokenOff()) {
                throw new IOException(result.reason());
            } else if (DiskRoom.exhausted(log)) {
                throw new IOException("the log of a look is cut off: " + DiskFull.WORDS);
            }
            return result.log();
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
