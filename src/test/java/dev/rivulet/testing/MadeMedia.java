package dev.rivulet.testing;

import dev.rivulet.config.Settings;
import dev.rivulet.embedded.BundledFfmpeg;
import dev.rivulet.ffmpeg.FfmpegTools;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Makes videos with the bundled ffmpeg while tests run. */
public final class MadeMedia {
    private static final FfmpegTools TOOLS = tools();

    private MadeMedia() {}

    /** A moving picture with a tone: {@code size} such as 640x360, {@code rate} such as 30000/1001. */
    public static Path clip(Path file, String size, String rate, int seconds, String... encoding) {
        List<String> args = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=" + rate + ":duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=" + seconds));
        args.addAll(List.of(encoding));
        args.add(file.toString());
        ffmpeg(args);
        return file;
    }

    /** H.264 and AAC in MP4, index first. */
    public static Path mp4(Path file, String size, String rate, int seconds) {
        return clip(
                file,
                size,
                rate,
                seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-g",
                "48",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-b:a",
                "96k",
                "-movflags",
                "+faststart");
    }

    /** What the bundled ffmpeg makes of some words, none of which has a space in it. */
    public static Path made(Path file, String words) {
        List<String> args = new ArrayList<>(Pattern.compile("\\s+")
                .splitAsStream(words)
                .filter(word -> !word.isEmpty())
                .toList());
        args.add(file.toString());
        ffmpeg(args);
        return file;
    }

    /** Runs the bundled ffmpeg; fails the test when it fails or has something to say. */
    public static void ffmpeg(List<String> args) {
        List<String> words = new ArrayList<>(List.of(TOOLS.ffmpeg().toString(), "-nostdin", "-v", "error", "-y"));
        words.addAll(args);
        Output output = run(words);
        if (output.exit() != 0) {
            throw new AssertionError(words + ": " + output.text());
        }
    }

    /** Where the bundled ffmpeg is. */
    public static String ffmpegPath() {
        return TOOLS.ffmpeg().toString();
    }

    /** The bundled ffmpeg and ffprobe. */
    public static FfmpegTools bundled() {
        return TOOLS;
    }

    /** What a command says on both of its outputs. */
    public record Output(int exit, String text) {}

    /** Runs a command with the bundled tools at hand, as FFMPEG and FFPROBE. */
    public static Output run(List<String> words) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().putAll(TOOLS.environment());
            builder.environment().put("FFMPEG", TOOLS.ffmpeg().toString());
            builder.environment().put("FFPROBE", TOOLS.ffprobe().toString());
            builder.redirectInput(new File("/dev/null"));
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("it closed its output but goes on: " + words);
            }
            return new Output(process.exitValue(), text);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static FfmpegTools tools() {
        try {
            Path folder =
                    Files.createDirectories(Path.of("target", "test-tools").toAbsolutePath());
            Settings.Ffmpeg bundled = new Settings.Ffmpeg(
                    Optional.empty(),
                    Settings.SandboxMode.OFF,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    0,
                    Long.MAX_VALUE);
            // Two test processes may come here at once.
            try (FileChannel turn = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock mine = turn.lock()) {
                return BundledFfmpeg.find(bundled, folder);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
