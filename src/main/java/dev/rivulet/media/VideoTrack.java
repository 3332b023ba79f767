package dev.rivulet.media;

import org.jspecify.annotations.Nullable;

/**
 * The picture of a source as its header describes it.
 *
 * @param index stream index in the container
 * @param codec ffmpeg's codec name
 * @param width coded width in pixels
 * @param height coded height in pixels
 * @param sampleAspect shape of a pixel, 1/1 when square or unknown
 * @param rotation degrees to turn for display, one of 0, 90, 180, 270
 * @param averageRate frames per second on average
 * @param start time of the first frame in seconds, on the container's clock
 * @param duration seconds, when the container tells it per stream
 * @param pixelFormat ffmpeg's name
 * @param matrix colour matrix such as {@code bt709}; empty when unknown
 * @param transfer colour transfer such as {@code smpte2084}; empty when unknown
 */
public record VideoTrack(
        int index,
        String codec,
        int width,
        int height,
        Rational sampleAspect,
        int rotation,
        Rational averageRate,
        Rational start,
        @Nullable Rational duration,
        String pixelFormat,
        String matrix,
        String transfer) {

    /** Width as shown: pixels squared, rotation applied. */
    public int shownWidth() {
        return turned() ? height : squaredWidth();
    }

    /** Height as shown: rotation applied. */
    public int shownHeight() {
        return turned() ? squaredWidth() : height;
    }

    /** The same with a measured duration, in seconds. */
    VideoTrack lasting(Rational length) {
        return new VideoTrack(
                index,
                codec,
                width,
                height,
                sampleAspect,
                rotation,
                averageRate,
                start,
                length,
                pixelFormat,
                matrix,
                transfer);
    }

    private int squaredWidth() {
        return (int) Math.max(1, sampleAspect.times(width).round());
    }

    private boolean turned() {
        return rotation % 180 != 0;
    }
}
