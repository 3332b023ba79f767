package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesIT {
    private static final long PATIENCE = 60;

    @TempDir
    static Path folder;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theNodeClientSeesAVideoFromItsUploadToItsEnd() throws IOException, InterruptedException {
        Path example = Path.of("examples", "node");
        String install = "test node_modules/.package-lock.json -nt package-lock.json"
                + " || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error";
        assertThat(new ProcessBuilder("sh", "-c", install)
                        .directory(example.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        seesAVideo(example, List.of("node", "watch.mjs", server.url()), "no videos yet|videos, newest first");
    }

    @Test
    void theJavaClientSeesAVideoFromItsUploadToItsEnd() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        seesAVideo(Path.of("examples", "java"), List.of(java, "Watch.java", server.url()), "the-list.*items");
    }

    private static void seesAVideo(Path example, List<String> command, String listed)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(example.toFile())
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread reader = new Thread(() -> process.inputReader().lines().forEach(lines::add));
            reader.setDaemon(true);
            reader.start();
            // The answer to the list comes after the registration: from here on nothing is missed.
            until(lines, ".*(" + listed + ").*");
            Path clip = MadeMedia.mp4(folder.resolve("example.mp4"), "256x144", "25", 2);
            String id = server.upload(clip, "example").getString("id");
            List<String> seen = until(lines, ".*" + id + ".*\\bdone\\b.*");
            assertThat(seen).anyMatch(line -> line.contains(id) && line.contains("playable"));
        } finally {
            process.destroy();
        }
    }

    /** All lines up to the one that matches. */
    private static List<String> until(BlockingQueue<String> lines, String pattern) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        String line = "";
        while (!line.matches(pattern)) {
            line = lines.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(line).as("a line like %s after %s", pattern, seen).isNotNull();
            seen.add(line);
        }
        return seen;
    }
}
