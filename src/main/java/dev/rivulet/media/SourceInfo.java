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
 * @param side what else there is
 */
public record SourceInfo(
        String format,
        Rational start,
        @Nullable Rational duration,
        VideoTrack video,
        List<AudioTrack> audio,
        SideStreams side) {
    public SourceInfo {
        audio = List.copyOf(audio);
        side = SideStreams.orNone(side);
    }

    /** A file with nothing but picture and sound. */
    public SourceInfo(
            String format, Rational start, @Nullable Rational duration, VideoTrack video, List<AudioTrack> audio) {
        this(format, start, duration, video, audio, SideStreams.NONE);
    }

    /**
     * The same as a copy of {@code original}'s picture and sound: what else there is stays in the original, whose clock
     * may be another. A copy may begin later than its original, at the first keyframe, but never earlier: so the stream
     * that begins alike in both tells how far the clocks are apart.
     */
    public SourceInfo copyOf(SourceInfo original) {
        Rational ahead = original.video().start().minus(video.start());
        for (int i = 0; i < Math.min(audio.size(), original.audio().size()); i++) {
            ahead = ahead.max(original.audio().get(i).start().minus(audio.get(i).start()));
        }
        return new SourceInfo(
                format, start, duration, video, audio, original.side().ahead(ahead));
    }

    /** The same with a measured length of the picture, in seconds. */
    public SourceInfo lasting(Rational length) {
        return new SourceInfo(format, start, duration, video.lasting(length), audio, side);
    }

    /** The same, with picture and sound ending at {@code end} on the container's clock, or before. */
    public SourceInfo endingAt(Rational end) {
        return new SourceInfo(
                format,
                start,
                end.minus(start),
                video.lasting(end.minus(video.start())),
                audio.stream().map(track -> track.endingAt(end)).toList(),
                side);
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
