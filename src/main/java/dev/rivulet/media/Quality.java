package dev.rivulet.media;

/**
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
