package dev.rivulet.media;

/**
 * One row of the ladder: a rendition that viewers can choose.
 *
 * @param name what viewers see, such as {@code 720p}; unique in the ladder
 * @param boxWidth long side of the box that the picture is fitted into, in pixels
 * @param boxHeight short side of that box, in pixels
 * @param preset x264's preset, such as {@code fast}
 * @param crf x264's constant rate factor, 0 (lossless) to 51
 * @param maxrateKbit ceiling of the video bitrate, in kbit/s
 * @param bufsizeKbit the rate control's buffer, in kbit
 * @param audioKbit bitrate of the accompanying audio, in kbit/s
 */
public record Quality(
        String name,
        int boxWidth,
        int boxHeight,
        String preset,
        int crf,
        int maxrateKbit,
        int bufsizeKbit,
        int audioKbit) {}
