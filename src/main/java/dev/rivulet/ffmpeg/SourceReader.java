package dev.rivulet.ffmpeg;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.VideoTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.probe.FFmpegStream;
import net.bramp.ffmpeg.shared.CodecType;
import org.apache.commons.lang3.math.Fraction;
import org.jspecify.annotations.Nullable;

/** Turns what ffprobe says into what we work with, or into a reason why we do not. */
public final class SourceReader {
    private static final Pattern TAGGED_TIME = Pattern.compile("(\\d{1,4}):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?)");
    /** Some live recordings count from 1970. */
    private static final Rational ABSURD_START = Rational.of(10_000_000_000L);

    /** Containers whose length stands for that of every stream, wrongly. */
    private static final Set<String> ONE_LENGTH_FOR_ALL = Set.of("asf");

    private SourceReader() {}

    /**
     * @throws RejectedSourceException with the code and a sentence for people
     */
    public static SourceInfo read(ProbedFile file, Limits limits) throws RejectedSourceException {
        try {
            return source(file, limits);
        } catch (ArithmeticException e) {
            throw impossible();
        }
    }

    private static SourceInfo source(ProbedFile file, Limits limits) throws RejectedSourceException {
        FFmpegProbeResult probe = file.result();
        List<FFmpegStream> streams = probe.getStreams() == null ? List.of() : probe.getStreams();
        VideoTrack video = video(file, streams);
        List<AudioTrack> audio = streams.stream()
                .filter(stream -> stream.codec_type == CodecType.AUDIO && stream.codec_name != null)
                .filter(stream -> Decoders.readsSound(stream.codec_name))
                .filter(stream -> stream.sample_rate > 0 && stream.channels > 0)
                .map(SourceReader::audio)
                .toList();
        long pixels = (long) video.width() * video.height();
        if (pixels > limits.maxPixels()) {
            throw new RejectedSourceException(
                    ErrorCode.TOO_MANY_PIXELS,
                    "The picture has " + video.width() + " x " + video.height()
                            + " pixels, which is more than is accepted here.");
        }
        SourceInfo source = new SourceInfo(
                String.valueOf(probe.getFormat().format_name),
                start(streams),
                probe.getFormat().duration > 0 ? decimal(probe.getFormat().duration) : null,
                video,
                audio,
                SideReader.read(streams, video, audio),
                null);
        if (ABSURD_START.compareTo(video.start().max(Rational.ZERO.minus(source.start()))) < 0) {
            throw impossible();
        }
        // Throws where the times cannot be told.
        length(source);
        return ONE_LENGTH_FOR_ALL.contains(source.format()) ? source.withoutStreamLengths() : source;
    }

    private static RejectedSourceException impossible() {
        return new RejectedSourceException(ErrorCode.CORRUPT_INPUT, "The file is damaged: it tells impossible times.");
    }

    /** @throws RejectedSourceException when {@code length}, in seconds, is more than is accepted */
    static void limitLength(Rational length, Duration most) throws RejectedSourceException {
        if (length.compareTo(Rational.of(most.toSeconds())) > 0) {
            throw new RejectedSourceException(
                    ErrorCode.TOO_LONG,
                    "The video is " + length.floor() / 60 + " minutes long; at most " + most.toMinutes()
                            + " minutes are accepted here.");
        }
    }

    /** Seconds from the first picture to the later end of picture and sound, as far as the header tells. */
    static Rational length(SourceInfo source) {
        Rational picture = source.pictureEnd();
        Rational container =
                source.duration() == null ? source.start() : source.start().plus(source.duration());
        Rational end = picture != null ? picture : container;
        return end.max(Objects.requireNonNullElse(source.soundEnd(), end))
                .minus(source.video().start());
    }

    private static VideoTrack video(ProbedFile file, List<FFmpegStream> streams) throws RejectedSourceException {
        List<FFmpegStream> pictures = streams.stream()
                .filter(stream -> stream.codec_type == CodecType.VIDEO)
                .filter(stream -> stream.disposition == null || !stream.disposition.isAttachedPic())
                .toList();
        if (pictures.isEmpty()) {
            throw new RejectedSourceException(
                    ErrorCode.NO_VIDEO_STREAM, "The file has no picture: it holds sound or data only.");
        }
        FFmpegStream stream = pictures.stream()
                .filter(candidate -> candidate.codec_name != null && Decoders.readsPicture(candidate.codec_name))
                .filter(candidate -> candidate.width > 0 && candidate.height > 0)
                .max(Comparator.comparing((FFmpegStream candidate) ->
                                candidate.disposition != null && candidate.disposition.isDefault())
                        .thenComparing(candidate -> -candidate.index))
                .orElseThrow(() -> new RejectedSourceException(
                        ErrorCode.UNSUPPORTED_CODEC, "The picture is in a format that cannot be read here."));
        return PictureReader.read(stream, file.stream(stream.index));
    }

    private static AudioTrack audio(FFmpegStream stream) {
        Map<String, String> tags = stream.tags == null ? Map.of() : stream.tags;
        return new AudioTrack(
                stream.index,
                stream.codec_name,
                Objects.requireNonNullElse(stream.profile, ""),
                stream.channels,
                stream.sample_rate,
                stream.bit_rate,
                time(stream.start_pts, stream.time_base),
                duration(stream),
                SideReader.language(tags),
                tags.get("title"),
                stream.disposition != null && stream.disposition.isDefault());
    }

    private static Rational start(List<FFmpegStream> streams) {
        List<Rational> starts = new ArrayList<>();
        for (FFmpegStream stream : streams) {
            if (stream.codec_type == CodecType.VIDEO || stream.codec_type == CodecType.AUDIO) {
                starts.add(time(stream.start_pts, stream.time_base));
            }
        }
        return starts.stream().min(Rational::compareTo).orElse(Rational.ZERO);
    }

    static @Nullable Rational duration(FFmpegStream stream) {
        if (stream.duration_ts > 0) {
            return time(stream.duration_ts, stream.time_base);
        }
        String tagged = stream.tags == null ? null : stream.tags.get("DURATION");
        Matcher matcher = TAGGED_TIME.matcher(tagged == null ? "" : tagged);
        if (!matcher.matches()) {
            return null;
        }
        // Matroska tags the end of a track, from the start of the file.
        Rational end = Rational.of(Long.parseLong(matcher.group(1)) * 3600 + Long.parseLong(matcher.group(2)) * 60)
                .plus(Rational.parse(matcher.group(3)));
        Rational length = end.minus(time(stream.start_pts, stream.time_base));
        return length.signum() > 0 ? length : null;
    }

    static Rational time(long ticks, @Nullable Fraction base) {
        return base == null || base.getDenominator() == 0
                ? Rational.ZERO
                : new Rational(base.getNumerator(), base.getDenominator()).times(ticks);
    }

    private static Rational decimal(double seconds) {
        return Rational.parse(Long.toString(Math.round(seconds * 1_000_000))).dividedBy(Rational.of(1_000_000));
    }
}
