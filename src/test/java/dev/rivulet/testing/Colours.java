package dev.rivulet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Four coloured quadrants, written by the formulas of the standards and not by ffmpeg. */
public final class Colours {
    public static final int SIDE = 96;
    /** Top left, top right, bottom left, bottom right: red, green, blue in 8 bits. */
    public static final int[][] QUADRANTS = {{200, 60, 40}, {50, 170, 70}, {40, 60, 190}, {224, 180, 150}};

    private Colours() {}

    /** Ten frames of planar 4:4:4, by the shares of red and blue in luma. */
    public static Path yuv(Path file, double red, double blue, boolean full) {
        return write(file, colour -> {
            double r = colour[0] / 255.0;
            double g = colour[1] / 255.0;
            double b = colour[2] / 255.0;
            double y = red * r + (1 - red - blue) * g + blue * b;
            double u = (b - y) / (2 * (1 - blue));
            double v = (r - y) / (2 * (1 - red));
            return full
                    ? new int[] {level(255 * y), level(128 + 255 * u), level(128 + 255 * v)}
                    : new int[] {level(16 + 219 * y), level(128 + 224 * u), level(128 + 224 * v)};
        });
    }

    /** Ten frames of planes green, blue, red. */
    public static Path gbr(Path file) {
        return write(file, colour -> new int[] {colour[1], colour[2], colour[0]});
    }

    /** Red, green and blue in 8 bits of limited range bt709. */
    static int[] rgb(double y, double u, double v) {
        double luma = (y - 16) / 219;
        double red = luma + 1.5748 * (v - 128) / 224;
        double blue = luma + 1.8556 * (u - 128) / 224;
        double green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
        return new int[] {level(255 * red), level(255 * green), level(255 * blue)};
    }

    private static Path write(Path file, java.util.function.Function<int[], int[]> planes) {
        byte[] frame = new byte[3 * SIDE * SIDE];
        for (int line = 0; line < SIDE; line++) {
            for (int column = 0; column < SIDE; column++) {
                int[] values = planes.apply(QUADRANTS[2 * line / SIDE * 2 + 2 * column / SIDE]);
                for (int plane = 0; plane < 3; plane++) {
                    frame[plane * SIDE * SIDE + line * SIDE + column] = (byte) values[plane];
                }
            }
        }
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 10; i++) {
                out.write(frame);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int level(double value) {
        return (int) Math.round(Math.max(0, Math.min(255, value)));
    }
}
