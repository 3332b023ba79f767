package dev.rivulet.media;

import java.util.Objects;
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
 * @param primaries colour primaries such as {@code bt2020}; empty when unknown
 * @param range {@code tv} or {@code pc}; empty when unknown
 * @param scan how the lines were taken
 * @param whiteNits luminance that becomes white where the picture is of high dynamic range, in cd/m², from
 *     {@value #DIMMEST_WHITE} to {@value #DIFFUSE_WHITE}
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
        String transfer,
        String primaries,
        String range,
        Scan scan,
        int whiteNits) {
    /** White of a screen of standard dynamic range, in cd/m². */
    public static final int DIMMEST_WHITE = 100;
    /** Diffuse white of high dynamic range, in cd/m² (ITU-R BT.2408). */
    public static final int DIFFUSE_WHITE = 203;

    /** Plans that were stored before these were known have none of the last four. */
    public VideoTrack {
        primaries = Objects.requireNonNullElse(primaries, "");
        range = Objects.requireNonNullElse(range, "");
        scan = Objects.requireNonNullElse(scan, Scan.PROGRESSIVE);
        whiteNits = whiteNits == 0 ? DIFFUSE_WHITE : whiteNits;
    }

    /** Width as shown: pixels squared, rotation applied. */
    public int shownWidth() {
        return turned() ? height : squaredWidth();
    }

    /** Height as shown: rotation applied. */
    public int shownHeight() {
        return turned() ? squaredWidth() : height;
    }

    /** Coded width after rotation: what filters see. */
    public int turnedWidth() {
        return turned() ? height : width;
    }

    /** Coded height after rotation: what filters see. */
    public int turnedHeight() {
        return turned() ? width : height;
    }

    /** Whether another one is read as this one is, whatever its length and its mean rate. */
    boolean looksLike(VideoTrack other) {
        return with(other.averageRate, other.duration, scan, whiteNits).equals(other);
    }

    /** The same with a measured duration, in seconds. */
    VideoTrack lasting(@Nullable Rational length) {
        return with(averageRate, length, scan, whiteNits);
    }

    /** The same with what its frames show. */
    public VideoTrack looked(Scan shown, int white) {
        return with(averageRate, duration, shown, white);
    }

    private VideoTrack with(Rational rate, @Nullable Rational length, Scan shown, int white) {
        return new VideoTrack(
                index,
                codec,
                width,
                height,
                sampleAspect,
                rotation,
                rate,
                start,
                length,
                pixelFormat,
                matrix,
                transfer,
                primaries,
                range,
                shown,
                white);
    }

    private int squaredWidth() {
        return (int) Math.max(1, sampleAspect.times(width).round());
    }

    private boolean turned() {
        return rotation % 180 != 0;
    }
}
