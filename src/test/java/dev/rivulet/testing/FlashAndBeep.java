package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A film that is black and silent but for a white flash and a beep at the same instant every five seconds. */
public final class FlashAndBeep {
    private static final int EVERY = 5;
    /** The first one, so that sound that begins late has all of them. */
    private static final int FIRST = 2;

    private static final int FRAMES = 30;
    private static final int SAMPLES = 48_000;
    private static final Pattern BRIGHTNESS =
            Pattern.compile("pts_time:([\\d.]+)\\s+lavfi\\.signalstats\\.YAVG=([\\d.]+)");

    private FlashAndBeep() {}

    /** A flash and its beep, in seconds from the start of the presentation. */
    public record Pair(double flash, double beep) {
        /** How much later the beep is, in milliseconds. */
        public double offset() {
            return (beep - flash) * 1000;
        }
    }

    /**
     * @param pictureDelay whole seconds or tenths by which the picture begins after the clock's zero, with all that is in
     *     it, so that flash and beep stay together
     * @param soundDelay the same for the sound
     * @param output codecs and container
     */
    public static Path make(Path file, int seconds, double pictureDelay, double soundDelay, String... output) {
        long frame = Math.round((FIRST - pictureDelay) * FRAMES);
        long sample = Math.round((FIRST - soundDelay) * SAMPLES);
        String flash = String.format(
                Locale.ROOT,
                "color=black:size=320x180:rate=%d:duration=%d,drawbox=color=white:thickness=fill:enable='lt(mod(n+%d,%d),3)'",
                FRAMES,
                seconds,
                EVERY * FRAMES - frame,
                EVERY * FRAMES);
        String beep = String.format(
                Locale.ROOT,
                "aevalsrc='if(lt(mod(n+%d,%d),4800),0.8*sin(2*PI*1000*n/%d),0)':sample_rate=%d:duration=%d",
                EVERY * SAMPLES - sample,
                EVERY * SAMPLES,
                SAMPLES,
                SAMPLES,
                seconds);
        List<String> args = new ArrayList<>(List.of("-itsoffset", Double.toString(pictureDelay), "-f", "lavfi"));
        args.addAll(List.of("-i", flash, "-itsoffset", Double.toString(soundDelay), "-f", "lavfi", "-i", beep));
        args.addAll(List.of("-pix_fmt", "yuv420p", "-ac", "2"));
        args.addAll(List.of(output));
        args.add(file.toString());
        MadeMedia.ffmpeg(args);
        return file;
    }

    /** Decodes the lowest quality and its sound as published, and finds every flash and every beep. */
    public static List<Pair> measure(Site server, String id, Path work) {
        try {
            Path folder = Files.createTempDirectory(work, "sync");
            Path picture = Presentation.whole(server, id, "144p/index.m3u8", folder.resolve("picture.mp4"));
            Path sound = Presentation.whole(server, id, "audio-48k/index.m3u8", folder.resolve("sound.mp4"));
            List<Double> flashes = flashes(picture, folder.resolve("brightness.txt"));
            List<Double> beeps = beeps(sound, folder.resolve("sound.pcm"));
            assertThat(beeps).as("a beep for each of the flashes %s", flashes).hasSameSizeAs(flashes);
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < flashes.size(); i++) {
                pairs.add(new Pair(flashes.get(i), beeps.get(i)));
            }
            return pairs;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Double> flashes(Path picture, Path found) throws IOException {
        MadeMedia.ffmpeg(List.of(
                "-copyts",
                "-i",
                picture.toString(),
                "-vf",
                "scale=16:16:flags=area,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=" + found,
                "-f",
                "null",
                "-"));
        List<Double> flashes = new ArrayList<>();
        boolean bright = false;
        Matcher frame = BRIGHTNESS.matcher(Files.readString(found));
        while (frame.find()) {
            boolean now = Double.parseDouble(frame.group(2)) > 128;
            if (now && !bright) {
                flashes.add(Double.parseDouble(frame.group(1)));
            }
            bright = now;
        }
        return flashes;
    }

    /** A beep begins where the sound comes up to half of a beep's height after a tenth of a second below it. */
    private static List<Double> beeps(Path sound, Path decoded) throws IOException {
        MadeMedia.ffmpeg(List.of(
                "-copyts",
                "-i",
                sound.toString(),
                "-af",
                "aresample=" + SAMPLES + ":async=1:first_pts=0",
                "-ac",
                "1",
                "-f",
                "s16le",
                decoded.toString()));
        List<Double> beeps = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(decoded)) {
            ByteBuffer samples = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            int loud = (int) (0.4 * Short.MAX_VALUE);
            int last = -SAMPLES;
            for (int i = 0; samples.remaining() >= 2; i++) {
                if (Math.abs(samples.getShort()) > loud) {
                    if (i - last > SAMPLES / 10) {
                        beeps.add(i / (double) SAMPLES);
                    }
                    last = i;
                }
            }
        }
        return beeps;
    }
}
