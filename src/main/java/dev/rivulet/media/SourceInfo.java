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
 */
public record SourceInfo(
        String format, Rational start, @Nullable Rational duration, VideoTrack video, List<AudioTrack> audio) {
    public SourceInfo {
        audio = List.copyOf(audio);
    }

    /** The same with a measured length of the picture, in seconds. */
    public SourceInfo lasting(Rational length) {
        return new SourceInfo(format, start, duration, video.lasting(length), audio);
    }

    /** The same with a picture that was looked at. */
    public SourceInfo with(VideoTrack picture) {
        return new SourceInfo(format, start, duration, picture, audio);
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
