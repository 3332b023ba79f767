package dev.rivulet.media;

/**
<<<<<<< HEAD
 * One row of the ladder: what a quality is allowed to cost.
 *
 * @param name such as {@code 720p}; {@code p} is the short side, so portrait video gets a portrait ladder
 * @param boxWidth long side of the box that the picture is fitted into, in pixels
 * @param boxHeight short side of the box, in pixels
 * @param preset x264 preset
 * @param crf x264 constant rate factor, 0 to 51
 * @param maxrateKbit cap of the rate in kbit/s, for up to 30 frames per second
 * @param bufsizeKbit size of the rate buffer in kbit
 * @param audioKbit bitrate of the sound that goes with it, in kbit/s
=======
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
>>>>>>> house
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
