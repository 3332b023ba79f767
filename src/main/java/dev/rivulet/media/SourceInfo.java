package dev.rivulet.media;

import java.util.List;
import java.util.stream.IntStream;
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
 * @param promised seconds that the header told of, where the picture turned out to break off earlier
 */
public record SourceInfo(
        String format,
        Rational start,
        @Nullable Rational duration,
        VideoTrack video,
        List<AudioTrack> audio,
        SideStreams side,
        @Nullable Rational promised) {
    public SourceInfo {
        audio = List.copyOf(audio);
        side = SideStreams.orNone(side);
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
                format, start, duration, video, audio, original.side().ahead(ahead), promised);
    }

    /** A file with nothing but picture and sound, which is what its header says. */
    public SourceInfo(
            String format, Rational start, @Nullable Rational duration, VideoTrack video, List<AudioTrack> audio) {
        this(format, start, duration, video, audio, SideStreams.NONE, null);
    }

    /**
     * The same with a measured length of the picture, in seconds, and an end of the sound on the container's clock; tracks
     * that tell their own length keep it.
     */
    public SourceInfo lasting(Rational picture, Rational soundEnd) {
        return new SourceInfo(
                format,
                start,
                soundEnd.max(video.start().plus(picture)).minus(start),
                video.lasting(picture),
                audio.stream()
                        .map(track -> track.duration() == null ? track.lastingUntil(soundEnd) : track)
                        .toList(),
                side,
                promised);
    }

    /** The same, where only the length of the whole is to be trusted. */
    public SourceInfo withoutStreamLengths() {
        return new SourceInfo(
                format,
                start,
                duration,
                video.lasting(null),
                audio.stream().map(AudioTrack::ofUnknownLength).toList(),
                side,
                promised);
    }

    /** The same, with picture and sound ending at {@code end} on the container's clock, or before. */
    public SourceInfo endingAt(Rational end) {
        return new SourceInfo(
                format,
                start,
                end.minus(start),
                video.lasting(end.minus(video.start())),
                audio.stream().map(track -> track.endingAt(end)).toList(),
                side,
                promised);
    }

    /**
     * The same as far as it has arrived: tracks do not tell a length.
     *
     * @param end of the picture on the container's clock, as far as is known
     */
    public SourceInfo begun(Rational end) {
        SourceInfo open = withoutStreamLengths();
        return new SourceInfo(format, start, end.minus(start), open.video, open.audio, side, promised);
    }

    /** Whether picture and sound of another one are to be read as those of this one are, whatever their lengths. */
    boolean looksLike(SourceInfo other) {
        return format.equals(other.format)
                && video.looksLike(other.video)
                && audio.size() == other.audio.size()
                && IntStream.range(0, audio.size()).allMatch(at -> audio.get(at).looksLike(other.audio.get(at)));
    }

    /** The same, known to hold less than the {@code seconds} that its header tells of. */
    public SourceInfo breakingOff(Rational seconds) {
        return promised != null ? this : new SourceInfo(format, start, duration, video, audio, side, seconds);
    }

    /** The same with a picture that was looked at. */
    public SourceInfo with(VideoTrack picture) {
        return new SourceInfo(format, start, duration, picture, audio, side, promised);
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
