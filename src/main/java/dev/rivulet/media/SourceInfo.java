package dev.rivulet.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What probing found out about an uploaded file.
 *
 * @param format ffmpeg's demuxer name
 * @param start smallest start time of all streams in seconds
 * @param duration seconds of the whole container, a hint; null when the container does not say
 * @param video the picture
 * @param audio the sound tracks in stream order
 * @param promised seconds that the header told of, where the picture turned out to break off earlier
 */
public record SourceInfo(
        String format,
        Rational start,
        @Nullable Rational duration,
        VideoTrack video,
        List<AudioTrack> audio,
        @Nullable Rational promised) {
    public SourceInfo {
        audio = List.copyOf(audio);
    }

    /** A source that is what its header says, as far as is known. */
    public SourceInfo(
            String format, Rational start, @Nullable Rational duration, VideoTrack video, List<AudioTrack> audio) {
        this(format, start, duration, video, audio, null);
    }

    /** The same with a measured length of the picture, in seconds. */
    public SourceInfo lasting(Rational length) {
        return new SourceInfo(format, start, duration, video.lasting(length), audio, promised);
    }

    /** The same, with picture and sound ending at {@code end} on the container's clock, or before. */
    public SourceInfo endingAt(Rational end) {
        return new SourceInfo(
                format,
                start,
                end.minus(start),
                video.lasting(end.minus(video.start())),
                audio.stream().map(track -> track.endingAt(end)).toList(),
                promised);
    }

    /** The same, known to hold less than the {@code seconds} that its header tells of. */
    public SourceInfo breakingOff(Rational seconds) {
        return promised != null ? this : new SourceInfo(format, start, duration, video, audio, seconds);
    }

    /** The same with a picture that was looked at. */
    public SourceInfo with(VideoTrack picture) {
        return new SourceInfo(format, start, duration, picture, audio, promised);
    }

    /** End of the picture on the container's clock, or null when only the whole container's length is known. */
    public @Nullable Rational pictureEnd() {
        return video.duration() == null ? null : video.start().plus(video.duration());
    }

    /** Latest end of the sound tracks on the container's clock, or null when unknown or absent. */
    public @Nullable Rational soundEnd() {
        return audio.stream()
                .filter(track -> track.duration() != null)
                .map(track -> track.start().plus(java.util.Objects.requireNonNull(track.duration())))
                .max(Rational::compareTo)
                .orElse(null);
    }
}
