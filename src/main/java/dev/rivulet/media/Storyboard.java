package dev.rivulet.media;

import java.util.Locale;

/**
 * Small pictures of a video at equal distances, ten by ten in each sprite, and where each of them lies. However long a
 * video is, it has at most {@value #MOST} of them.
 *
 * @param interval whole seconds from one picture to the next
 * @param pictures how many there are, 1 to {@value #MOST}
 * @param width of one, in pixels, even
 * @param height of one, in pixels, even
 * @param duration of the video
 */
public record Storyboard(long interval, int pictures, int width, int height, Rational duration) {
    /** Name of the WebVTT that tells the places. */
    public static final String INDEX = "storyboard.vtt";

    /** Pictures in a row of a sprite, and rows in it. */
    public static final int ROW = 10;

    private static final int MOST = 300;
    private static final int LONG_SIDE = 160;
    private static final long MILLIS = 1000;

    /** That of a video, made of its lowest quality, which has a keyframe in every segment. */
    public static Storyboard of(MediaPlan plan) {
        Rendition lowest = plan.renditions().get(0);
        Rational duration = plan.grid().duration();
        long interval = Math.max(
                Math.max(1, plan.segmentDuration().ceil()),
                duration.dividedBy(Rational.of(MOST)).ceil());
        int pictures =
                (int) Math.max(1, duration.dividedBy(Rational.of(interval)).ceil());
        Rational scale = new Rational(LONG_SIDE, Math.max(lowest.width(), lowest.height()));
        return new Storyboard(
                interval, pictures, even(scale.times(lowest.width())), even(scale.times(lowest.height())), duration);
    }

    /** How many sprites there are, 1 to 3. */
    public int sprites() {
        return (pictures + ROW * ROW - 1) / (ROW * ROW);
    }

    /** Name of a sprite, counted from 0. */
    public static String sprite(int number) {
        return String.format(Locale.ROOT, "storyboard_%02d.webp", number);
    }

    /** The places, as media fragments of the sprites beside it (W3C Media Fragments URI 1.0, 4.2.2). */
    public String webVtt() {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        long end = duration.times(MILLIS).ceil();
        for (int i = 0; i < pictures; i++) {
            int place = i % (ROW * ROW);
            text.append('\n')
                    .append(time(i * interval * MILLIS))
                    .append(" --> ")
                    .append(time(Math.min(end, (i + 1) * interval * MILLIS)))
                    .append('\n')
                    .append(sprite(i / (ROW * ROW)))
                    .append(String.format(
                            Locale.ROOT,
                            "#xywh=%d,%d,%d,%d\n",
                            place % ROW * width,
                            place / ROW * height,
                            width,
                            height));
        }
        return text.toString();
    }

    private static String time(long millis) {
        long seconds = millis / MILLIS;
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d.%03d", seconds / 3600, seconds / 60 % 60, seconds % 60, millis % MILLIS);
    }

    private static int even(Rational side) {
        return (int) Math.max(2, 2 * side.dividedBy(Rational.of(2)).round());
    }
}
