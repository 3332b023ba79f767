package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.ffmpeg.Access;
import dev.rivulet.ffmpeg.ChunkCommand;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Pace;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The best quality of the first chunk of a source, made by the real ffmpeg from the real command line.
 *
 * @param plan what was decided about the source
 * @param file its picture, playable
 */
public record MadePicture(MediaPlan plan, Path file) {
    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 0, 1L << 34, Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Pattern SSIM = Pattern.compile("SSIM.*All:([0-9.]+|inf)");
    private static final Pattern FIELDS =
            Pattern.compile("Multi frame detection: TFF:\\s*(\\d+) BFF:\\s*(\\d+) Progressive:\\s*(\\d+)");

    /** Probes a source and encodes its first chunk. */
    public static MadePicture of(Path source) {
        try (FfmpegRunner runner =
                new FfmpegRunner(MadeMedia.bundled(), LIMITS, new Sandbox.None("a test of filters"))) {
            Prober prober = new Prober(runner, Duration.ofHours(1));
            SourceInfo probed = prober.measured("look", source.toString(), prober.probe("look", source.toString()));
            SourceInfo info = prober.looked("look", source.toString(), probed);
            // All qualities in one tier: each is scaled from the next.
            LadderSpec ladder = new LadderSpec(
                    Sources.LADDER.qualities(),
                    List.of(Sources.LADDER.qualities().stream()
                            .map(quality -> quality.name())
                            .toList()));
            MediaPlan plan = MediaPlan.of(info, ladder, Rational.of(3), 4, SourceClass.DIRECT, "source/original");
            return new MadePicture(plan, encoded(runner, plan, source));
        } catch (RejectedSourceException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path encoded(FfmpegRunner runner, MediaPlan plan, Path source) throws IOException {
        Path folder = Files.createTempDirectory(source.getParent(), "made");
        for (Rendition rendition : plan.renditions()) {
            Files.createDirectories(folder.resolve(rendition.quality()));
        }
        Chunk chunk = plan.chunks().chunks().get(0);
        List<String> command = ChunkCommand.of(
                plan,
                chunk,
                plan.tiers().get(0),
                new Pace(1, Rational.ONE),
                new Place(source.toString(), folder, LIMITS));
        RunResult result = runner.ffmpeg(
                "chunk",
                command,
                Access.writing(List.of(source), folder),
                folder.resolve("log"),
                Duration.ofSeconds(60),
                r -> {});
        assertThat(result.ok()).as(command + ": " + result.log()).isTrue();
        for (Rendition rendition : plan.renditions()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            Path quality = folder.resolve(rendition.quality());
            all.writeBytes(Files.readAllBytes(quality.resolve("init.mp4")));
            for (int i = 0; i < chunk.segments(); i++) {
                all.writeBytes(Files.readAllBytes(quality.resolve("seg_%05d.m4s".formatted(i))));
            }
            Files.write(folder.resolve(rendition.quality() + ".mp4"), all.toByteArray());
        }
        return folder.resolve(best(plan).quality() + ".mp4");
    }

    /** The quality with most pixels. */
    public Rendition best() {
        return best(plan);
    }

    /** The file of a quality. */
    public Path file(Rendition rendition) {
        return file.resolveSibling(rendition.quality() + ".mp4");
    }

    private static Rendition best(MediaPlan plan) {
        return plan.renditions().get(plan.renditions().size() - 1);
    }

    /** How alike the picture and a reference are, from 0 to 1, with the reference filtered first. */
    public double ssim(Rendition rendition, Path reference, String filters) {
        List<String> words = new ArrayList<>(List.of(MadeMedia.ffmpegPath(), "-nostdin", "-nostats"));
        words.addAll(List.of("-i", file(rendition).toString(), "-i", reference.toString(), "-filter_complex"));
        words.add("[0:v]settb=1/25,setpts=N[a];[1:v]" + filters + ",scale=" + rendition.width() + ":"
                + rendition.height() + ",setsar=1,format=yuv420p,settb=1/25,setpts=N[b];[a][b]ssim=shortest=1");
        words.addAll(List.of("-f", "null", "-"));
        Matcher matcher = SSIM.matcher(MadeMedia.run(words).text());
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    /** Share of the frames that show combing, among those that show anything. */
    public double combed() {
        String text = MadeMedia.run(List.of(
                        MadeMedia.ffmpegPath(),
                        "-nostdin",
                        "-nostats",
                        "-i",
                        file.toString(),
                        "-vf",
                        "idet",
                        "-f",
                        "null",
                        "-"))
                .text();
        int combed = 0;
        int all = 0;
        Matcher matcher = FIELDS.matcher(text);
        while (matcher.find()) {
            combed += Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2));
            all += Integer.parseInt(matcher.group(1))
                    + Integer.parseInt(matcher.group(2))
                    + Integer.parseInt(matcher.group(3));
        }
        assertThat(all).isPositive();
        return (double) combed / all;
    }

    /**
     * Mean red, green and blue of the middle of a quadrant of the first frame, by the formulas of ITU-R BT.709.
     *
     * @param right 0 or 1
     * @param down 0 or 1
     */
    public int[] colour(int right, int down) {
        int width = best().width();
        int height = best().height();
        Path raw = file.resolveSibling("frame.yuv");
        MadeMedia.ffmpeg(List.of(
                "-i", file.toString(), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", raw.toString()));
        byte[] frame = read(raw);
        int luma = width * height;
        double y = mean(frame, 0, width, height, right, down);
        double u = mean(frame, luma, width / 2, height / 2, right, down);
        double v = mean(frame, luma + luma / 4, width / 2, height / 2, right, down);
        return Colours.rgb(y, u, v);
    }

    private static double mean(byte[] plane, int offset, int width, int height, int right, int down) {
        long sum = 0;
        int count = 0;
        for (int line = (2 * down * height + height) / 4 - height / 12;
                line <= (2 * down * height + height) / 4;
                line++) {
            for (int column = (2 * right * width + width) / 4 - width / 12;
                    column <= (2 * right * width + width) / 4;
                    column++) {
                sum += plane[offset + line * width + column] & 0xff;
                count++;
            }
        }
        return (double) sum / count;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
