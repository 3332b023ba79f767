package dev.rivulet.ffmpeg;

import com.google.gson.JsonParseException;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.FrameGrid;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Seeks;
import dev.rivulet.media.SourceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at an uploaded file and says what it is. Blocks; belongs on a worker thread. */
public final class Prober {
    private static final Duration MEASURING = Duration.ofMinutes(10);
    private static final long NANOS = 1_000_000_000L;
    /** Places that are looked for, one less. */
    private static final int PLACES = 11;
    /** Seconds by which a keyframe may come late for the rounding of its container. */
    private static final Rational SLACK = new Rational(1, 10);

    /** Seconds within which the distance of keyframes is looked at. */
    public static final int NEAR = 30;

    private static final Rational BRIEF = Rational.of(10);
    private static final long LEAST_BYTES_PER_SECOND = 4000;
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?");

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
        ProbedFile file = ((Probed.Read) probed).file();
        SourceInfo read;
        try {
            read = SourceReader.read(file, runner.limits());
        } catch (JsonParseException e) {
            throw unreadable(source);
        }
        SourceInfo plausible = plausible(key, source, read);
        SourceReader.limitLength(SourceReader.length(plausible), maxDuration);
        if (plausible.format().equals("gif") && still(key, source)) {
            throw new RejectedSourceException(ErrorCode.NOT_A_VIDEO, "The file is a still picture, not a video.");
        }
        return plausible;
    }

    /** A GIF is a video only when it moves; its header does not tell. */
    private boolean still(Object key, String source) throws IOException {
        List<String> args = new ArrayList<>(InputOptions.untrusted(runner.limits()));
        args.addAll(List.of("-v", "quiet", "-count_packets", "-show_entries", "stream=nb_read_packets"));
        args.addAll(List.of("-of", "csv=p=0", source));
        return runner.ask(key, source, args).equals(List.of("1"));
    }

    /**
     * The same with what only the picture itself tells: fields, and the white of a wide range.
     *
     * @throws IOException when the look was broken off and has to be repeated
     */
    public SourceInfo looked(Object key, String source, SourceInfo read) throws IOException {
        return new PictureLook(runner).at(key, source, read, FrameGrid.of(read).duration());
    }

    /**
     * The last moment of the picture that {@link #looked} will look at, in seconds from its beginning; zero when nothing is to
     * be looked at.
     */
    public Rational looksUntil(SourceInfo read) {
        return PictureLook.until(read.video(), FrameGrid.of(read).duration());
    }

    /**
     * The same with lengths that its header does not tell, or only of the whole: they are found by reading the packets,
     * without decoding. Recorders in browsers write none; Flash video and ASF do not tell picture and sound apart, of which
     * one may end long before the other, or both before what the header promises.
     */
    public SourceInfo measured(Object key, String source, SourceInfo read) throws RejectedSourceException, IOException {
        Rational told = read.pictureEnd();
        if (told != null && read.audio().stream().noneMatch(track -> track.duration() == null)) {
            return read;
        }
        Rational measured = pictureEnd(key, source, read);
        if (told == null && measured.signum() == 0) {
            if (read.duration() != null) {
                return read;
            }
            throw new RejectedSourceException(
                    ErrorCode.CORRUPT_INPUT, "The file does not say how long it is, and it cannot be found out.");
        }
        Rational picture = told != null ? told : measured.plus(read.start());
        List<AudioTrack> unknown =
                read.audio().stream().filter(track -> track.duration() == null).toList();
        Rational all = picture.max(soundEnd(key, source, unknown).plus(read.start()));
        SourceInfo lasting = read.lasting(picture.minus(read.video().start()), all);
        SourceReader.limitLength(SourceReader.length(lasting), maxDuration);
        Rational promised = read.duration();
        return told == null
                        && promised != null
                        && promised.minus(all.minus(read.start())).compareTo(Rational.ONE) > 0
                ? lasting.breakingOff(promised)
                : lasting;
    }

    /**
     * Looks for frames all over a source, as the reading of chunks will do.
     *
     * @param read a source of known length
     */
    public Seeks seeks(Object key, String source, SourceInfo read) throws IOException {
        Rational length = Objects.requireNonNull(read.duration());
        List<Rational> places = new ArrayList<>();
        for (int i = 1; i < PLACES; i++) {
            places.add(read.video().start().plus(length.times(i).dividedBy(Rational.of(PLACES))));
        }
        List<String> args = new ArrayList<>(InputOptions.untrusted(source, runner.limits()));
        args.addAll(List.of(
                "-v", "quiet", "-select_streams", Integer.toString(read.video().index())));
        args.addAll(List.of(
                "-read_intervals",
                places.stream().map(place -> place.toDecimal(6) + "%+#1").collect(Collectors.joining(","))));
        args.addAll(List.of("-show_entries", "packet=pts_time", "-of", "csv=p=0", source));
        List<Rational> found = new ArrayList<>();
        for (String line : runner.ask(key, source, args)) {
            String time = line.replace(",", "");
            found.add(DECIMAL.matcher(time).matches() ? Rational.parse(time) : Rational.ZERO);
        }
        Rational farthest = Rational.ZERO;
        boolean exact = found.size() == places.size();
        for (int i = 0; exact && i < places.size(); i++) {
            farthest = farthest.max(places.get(i).minus(found.get(i)));
            exact = found.get(i).compareTo(places.get(i).plus(SLACK)) <= 0;
        }
        return new Seeks(farthest, exact);
    }

    /**
     * Most seconds from one keyframe to the next near the beginning of a source, by what its packets say; empty when there are
     * not two.
     */
    public Optional<Rational> keyframeGap(Object key, String source, SourceInfo read) throws IOException {
        List<String> args = new ArrayList<>(InputOptions.untrusted(source, runner.limits()));
        args.addAll(List.of(
                "-v", "quiet", "-select_streams", Integer.toString(read.video().index())));
        args.addAll(List.of("-read_intervals", "%+" + NEAR, "-show_entries", "packet=pts_time,flags"));
        args.addAll(List.of("-of", "csv=p=0", source));
        List<Rational> keys = new ArrayList<>(List.of(read.video().start()));
        Rational last = read.video().start();
        for (String line : runner.ask(key, source, args)) {
            String[] told = line.split(",");
            if (told.length > 1 && DECIMAL.matcher(told[0]).matches()) {
                last = last.max(Rational.parse(told[0]));
                if (told[1].startsWith("K")) {
                    keys.add(Rational.parse(told[0]));
                }
            }
        }
        Rational gap = last.minus(keys.get(keys.size() - 1));
        for (int i = 1; i < keys.size(); i++) {
            gap = gap.max(keys.get(i).minus(keys.get(i - 1)));
        }
        return keys.size() <= 2 ? Optional.empty() : Optional.of(gap);
    }

    /** A header may promise a hundred hours: where that is more than the bytes can hold, they are counted. */
    private SourceInfo plausible(Object key, String source, SourceInfo read) throws IOException {
        Rational length = SourceReader.length(read);
        if (length.compareTo(BRIEF) < 0
                || length.times(LEAST_BYTES_PER_SECOND).compareTo(Rational.of(PartedSource.size(source))) < 0) {
            return read;
        }
        Rational end = pictureEnd(key, source, read)
                .max(soundEnd(key, source, read.audio()))
                .plus(read.start());
        Rational held = end.minus(read.video().start());
        if (held.signum() <= 0 || held.times(2).plus(BRIEF).compareTo(length) > 0) {
            return read;
        }
        // More than would be accepted at all is no promise but nonsense.
        SourceInfo cut = read.endingAt(end);
        return length.compareTo(Rational.of(maxDuration.toSeconds())) > 0 ? cut : cut.breakingOff(length);
    }

    private Rational pictureEnd(Object key, String source, SourceInfo read) throws IOException {
        Rational begins = lastPacket(key, source, read.video().index());
        return begins.signum() == 0
                ? begins
                : begins.plus(Rational.ONE.dividedBy(read.video().averageRate()));
    }

    private Rational soundEnd(Object key, String source, List<AudioTrack> tracks) throws IOException {
        Rational end = Rational.ZERO;
        for (AudioTrack track : tracks) {
            end = end.max(lastPacket(key, source, track.index()));
        }
        return end;
    }

    /** Where the last packet of a stream begins, from the start of the file; 0 when that cannot be found out. */
    private Rational lastPacket(Object key, String source, int stream) throws IOException {
        AtomicLong end = new AtomicLong();
        RunResult result = runner.ffmpeg(
                key,
                LengthCommand.of(source, stream, runner.limits()),
                Access.reading(source),
                Path.of("/dev/null"),
                MEASURING,
                report -> end.accumulateAndGet(report.out_time_ns, Math::max));
        if (result.brokenOff()) {
            throw new IOException(result.reason());
        }
        return result.ok() ? new Rational(end.get(), NANOS) : Rational.ZERO;
    }

    private static RejectedSourceException unreadable(String source) {
        byte[] head = new byte[0];
        try (InputStream file = Files.newInputStream(PartedSource.files(source).get(0))) {
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
