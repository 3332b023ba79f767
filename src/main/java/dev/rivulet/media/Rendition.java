package dev.rivulet.media;

/**
 * One quality of one video, as it will be encoded.
 *
 * @param quality its name, which is its folder too
 * @param width in pixels, even
 * @param height in pixels, even
 * @param preset x264 preset
 * @param crf x264 constant rate factor
 * @param maxrateKbit cap of the rate in kbit/s
 * @param bufsizeKbit size of the rate buffer in kbit
 * @param audioKbit bitrate of the sound that goes with it
 * @param level H.264 level times ten, fixed for all chunks
 */
public record Rendition(
        String quality,
        int width,
        int height,
        String preset,
        int crf,
        int maxrateKbit,
        int bufsizeKbit,
        int audioKbit,
        int level) {

    /** Relative cost of encoding one frame, for progress: pixels weighted by the preset. */
    public long costPerFrame() {
        int weight =
                switch (preset) {
                    case "ultrafast" -> 2;
                    case "superfast", "veryfast" -> 5;
                    default -> 9;
                };
        return (long) width * height * weight / 1024 + 20;
    }
}
