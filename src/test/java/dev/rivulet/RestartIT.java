package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, stopped and killed. */
class RestartIT {
    private static final long PATIENCE = 120;
    /** The default lease, the recovery interval, and time for a loaded machine. */
    private static final Duration TAKEN_BACK = Duration.ofSeconds(15 + 5 + 15);
    /** In order. */
    private static final int STOPPED = 0;

    @TempDir
    Path folder;

    @Test
    void anOrderlyStopKeepsEverythingAndTheNextStartIsQuick() {
        Path data = folder.resolve("data");
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 6);
        String id;
        try (ChildServer first = ChildServer.startAnew(data)) {
            id = first.upload(clip, "kept").getString("id");
            try (Updates updates = first.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            }
            long stopped = System.nanoTime();
            assertThat(first.stop()).isEqualTo(STOPPED);
            System.out.printf(
                    "first start %d ms, stop %d ms%n",
                    first.startTime().toMillis(), (System.nanoTime() - stopped) / 1_000_000);
        }
        assertThat(DataProcesses.naming(data)).isEmpty();
        try (ChildServer second = ChildServer.start(data)) {
            System.out.printf("second start %d ms%n", second.startTime().toMillis());
            assertThat(second.startTime()).isLessThan(Duration.ofSeconds(15));
            JsonArray items = new JsonObject(second.get("/videos").body()).getJsonArray("items");
            assertThat(items).hasSize(1);
            assertThat(items.getJsonObject(0).getString("id")).isEqualTo(id);
            assertThat(second.video(id)).isEqualTo(items.getJsonObject(0));
            assertThat(second.video(id).getString("status")).isEqualTo("COMPLETED");
            Presentation.check(second, id, folder);
            try (Updates updates = second.follow(id)) {
                assertThat(updates.end(10).getString("stage")).isEqualTo("done");
            }
        }
    }

    @Test
    void afterAKillTheNextStartGoesOnAndNoFinishedChunkIsMadeAgain() throws IOException {
        Path data = folder.resolve("data");
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 45);
        ChildServer first = ChildServer.start(data);
        try {
            String id = first.upload(clip, "killed").getString("id");
            try (Updates updates = first.follow(id)) {
                updates.progress(PATIENCE, 40);
            }
            JsonObject before = first.manifest(id);
            assertThat(DataProcesses.naming(data, "/ffmpeg ")).isNotEmpty();
            first.kill();
            Instant killed = Instant.now();
            DataProcesses.awaitNone(data, 5, "/ffmpeg ");

            List<JsonObject> done = tasks(before, "DONE");
            assertThat(done).isNotEmpty();
            assertThat(tasks(before, "RUNNING")).isNotEmpty();
            Map<Path, FileTime> files = files(data.resolve("media").resolve(id), before, done);
            assertThat(files).isNotEmpty();

            try (ChildServer second = ChildServer.start(data)) {
                try (Updates updates = second.follow(id)) {
                    assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
                    assertThat(updates.messages().stream().map(message -> message.getLong("seq")))
                            .isSorted()
                            .doesNotHaveDuplicates();
                }
                Duration all = Duration.between(killed, Instant.now());
                JsonObject after = second.manifest(id);
                for (JsonObject task : done) {
                    JsonObject same = same(after, task);
                    assertThat(same.getInteger("attempt")).as(same.encode()).isEqualTo(1);
                    assertThat(same.getString("finishedAt")).isEqualTo(task.getString("finishedAt"));
                }
                assertThat(files(data.resolve("media").resolve(id), before, done))
                        .isEqualTo(files);
                List<JsonObject> again = tasks(after, "DONE").stream()
                        .filter(task -> task.getInteger("attempt") > 1)
                        .toList();
                assertThat(again).isNotEmpty();
                for (JsonObject task : again) {
                    assertThat(Duration.between(killed, Instant.parse(task.getString("startedAt"))))
                            .as(task.encode())
                            .isLessThan(TAKEN_BACK);
                }
                Duration taken = again.stream()
                        .map(task -> Duration.between(killed, Instant.parse(task.getString("startedAt"))))
                        .min(Duration::compareTo)
                        .orElseThrow();
                System.out.printf(
                        "killed with %d tasks done; next start %d ms; %d tasks taken up again, the first after %d ms; all"
                                + " done after %d ms%n",
                        done.size(), second.startTime().toMillis(), again.size(), taken.toMillis(), all.toMillis());
                Presentation.check(second, id, folder);
                assertThat(second.stop()).isEqualTo(STOPPED);
            }
        } finally {
            first.close();
        }
        assertThat(DataProcesses.naming(data)).isEmpty();
    }

    private static List<JsonObject> tasks(JsonObject manifest, String state) {
        return manifest.getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .filter(task -> state.equals(task.getString("state")))
                .toList();
    }

    private static JsonObject same(JsonObject manifest, JsonObject task) {
        return manifest.getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .filter(other -> List.of("kind", "tier", "chunk").stream()
                        .allMatch(key -> task.getValue(key).equals(other.getValue(key))))
                .findFirst()
                .orElseThrow();
    }

    /** The segments that the chunk tasks made, with the times at which they were written. */
    private static Map<Path, FileTime> files(Path media, JsonObject manifest, List<JsonObject> tasks)
            throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        for (JsonObject task : tasks) {
            if (task.getString("kind").equals("chunk")) {
                JsonObject chunk = manifest.getJsonArray("chunks").getJsonObject(task.getInteger("chunk"));
                JsonArray qualities = manifest.getJsonArray("tiers")
                        .getJsonObject(task.getInteger("tier"))
                        .getJsonArray("qualities");
                int first = chunk.getInteger("firstSegment");
                for (int segment = first; segment < first + chunk.getInteger("segments"); segment++) {
                    for (Object quality : qualities) {
                        Path file = media.resolve(quality + "/seg_%05d.m4s".formatted(segment));
                        times.put(file, Files.getLastModifiedTime(file));
                    }
                }
            }
        }
        return times;
    }
}
