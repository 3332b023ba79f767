package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is embedded in a process of its own, to be killed. Says {@code ready}, then waits for the end of its input. */
final class ServersProcess {
    private ServersProcess() {}

    public static void main(String[] args) throws IOException {
        Path dataDir = Path.of(args[0]);
        try (DataLock lock = DataLock.take(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
                EmbeddedRedis redis = EmbeddedRedis.start(dataDir)) {
            String version =
                    BundledFfmpeg.find(ffmpeg(Optional.empty()), dataDir).version();
            System.out.println("ready " + version);
            while (System.in.read() >= 0) {
                // until the end
            }
        } catch (StartException e) {
            System.out.println("refused " + e.getMessage());
            System.exit(1);
        }
    }

    static Settings.Ffmpeg ffmpeg(Optional<Path> path) {
        return new Settings.Ffmpeg(
                path, Settings.SandboxMode.OFF, Duration.ofSeconds(30), Duration.ofSeconds(30), 0, 1L << 30);
    }

    /** Starts it with words such as {@code runuser} before the command. */
    static Process start(Path dataDir, String classPath, String... before) throws IOException {
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ServersProcess.class.getName(),
                dataDir.toString()));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Its first line: {@code ready …} or {@code refused …}. */
    static String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        return line == null ? "nothing" : line;
    }
}
