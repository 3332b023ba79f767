package dev.rivulet.media;

import org.jspecify.annotations.Nullable;

/**
 * One sound track of a source as its header describes it.
 *
 * @param index stream index in the container
 * @param codec ffmpeg's codec name
 * @param profile ffmpeg's profile name, empty when unknown
 * @param channels number of channels
 * @param sampleRate samples per second
 * @param bitrate bits per second, 0 when unknown
 * @param start time of the first sample in seconds, on the container's clock
 * @param duration seconds, when the container tells it per stream
 * @param language ISO 639 code, when tagged
 * @param title when tagged
 * @param preferred marked as the default track
 */
public record AudioTrack(
        int index,
        String codec,
        String profile,
        int channels,
        int sampleRate,
        long bitrate,
        Rational start,
        @Nullable Rational duration,
        @Nullable String language,
        @Nullable String title,
        boolean preferred) {

    /** Whether another one is read as this one is, whatever its length and its mean bitrate. */
    boolean looksLike(AudioTrack other) {
        return index == other.index
                && codec.equals(other.codec)
                && profile.equals(other.profile)
                && channels == other.channels
                && sampleRate == other.sampleRate
                && start.equals(other.start);
    }

    /** The same, ending at {@code end} on the container's clock, or before. */
    AudioTrack endingAt(Rational end) {
        Rational most = end.minus(start).max(Rational.ZERO);
        return lasting(duration == null ? null : duration.min(most));
    }

    /** The same, ending at {@code end} on the container's clock. */
    AudioTrack lastingUntil(Rational end) {
        return lasting(end.minus(start).max(Rational.ZERO));
    }

    /** The same, without a length. */
    AudioTrack ofUnknownLength() {
        return lasting(null);
    }

    private AudioTrack lasting(@Nullable Rational length) {
        return new AudioTrack(
                index, codec, profile, channels, sampleRate, bitrate, start, length, language, title, preferred);
    }
}
