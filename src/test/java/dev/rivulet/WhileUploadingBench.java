package dev.rivulet;

import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is won by encoding while the upload arrives: the same upload with and without, side by side. */
class WhileUploadingBench {
    private static final int SECONDS = (int) (60 * Double.parseDouble(System.getProperty("bench.minutes", "10")));
    /** Of the file's own bitrate; 0 = as fast as it goes. */
    private static final double PACE = Double.parseDouble(System.getProperty("bench.pace", "2"));

    private static final String SIZE = System.getProperty("bench.size", "1920x1080");
    private static final long PATIENCE = 4 * 3600;

    @TempDir
    Path folder;

    @Test
    void withAndWithoutSideBySide() throws IOException {
        Path film = MadeMedia.clip(
                folder.resolve("phone.mp4"),
                SIZE,
                "30",
                SECONDS,
                "-c:v libx264 -preset ultrafast -bf 2 -g 30 -b:v 8M -maxrate 8M -bufsize 8M -pix_fmt yuv420p -c:a aac"
                        .split(" "));
        Map<String, String> with = run(film, true);
        Map<String, String> without = run(film, false);
        System.out.printf(
                "%d s of %s at %.1f Mbit/s, %.0f MB, sent at %s%n",
                SECONDS,
                SIZE,
                Files.size(film) * 8e-6 / SECONDS,
                Files.size(film) / 1e6,
                PACE > 0 ? PACE + " times its bitrate" : "full speed");
        System.out.printf("%-34s %14s %14s%n", "", "with", "without");
        for (String name : new TreeSet<>(with.keySet())) {
            System.out.printf("%-34s %14s %14s%n", name, with.get(name), without.get(name));
        }
    }

    private Map<String, String> run(Path film, boolean early) throws IOException {
        Map<String, String> figures = new LinkedHashMap<>();
        try (RunningServer server =
                RunningServer.start(folder.resolve("data-" + early), "segment: {whileUploading: " + early + "}")) {
            ArrivingUpload upload = ArrivingUpload.begin(server, film);
            try (Updates updates = server.follow(upload.id())) {
                Instant first = Instant.now();
                upload.sendTail().finish((long) (PACE * Files.size(film) / SECONDS));
                Instant last = Instant.now();
                updates.end(PATIENCE);
                for (JsonObject message : updates.messages()) {
                    Instant at = message.getString("at") == null ? last : Instant.parse(message.getString("at"));
                    String after = "%.1f s".formatted(Duration.between(last, at).toMillis() / 1000.0);
                    switch (message.getString("stage")) {
                        case "previewable" -> {
                            double share = Duration.between(first, at).toMillis()
                                    / (double) Duration.between(first, last).toMillis();
                            figures.put("1 previewable after last byte", after);
                            figures.put("2 previewable at, of the upload", "%.1f %%".formatted(100 * share));
                        }
                        case "playable" -> figures.put("3 144p (playable) after last byte", after);
                        case "rendition_ready" ->
                            figures.put("4 " + message.getString("quality") + " after last byte", after);
                        case "done" -> figures.put("5 done after last byte", after);
                        default -> {
                            // Only what is waited for.
                        }
                    }
                }
            }
        }
        return figures;
    }
}
