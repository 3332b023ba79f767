package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Looks;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, asked to end by signals while it works. */
@BesideOthers
class StopIT {
    private static final long PATIENCE = 120;
    private static final Map<String, String> ONE_SLOT = Map.of("RIVULET_ENCODE_SLOTS", "1");
    private static final Map<String, String> NO_GRACE =
            Map.of("RIVULET_ENCODE_SLOTS", "1", "RIVULET_SHUTDOWN_GRACE", "0s");

    @TempDir
    Path folder;

    @Test
    void whatRunsIsFinishedAndNothingIsDoneTwice() {
        Path data = folder.resolve("data");
        String id;
        Instant asked;
        try (ChildServer first = ChildServer.start(data, ONE_SLOT)) {
            id = busy(first);
            signal(data, "STOP");
            asked = Instant.now();
            first.signal("TERM");
            first.until(PATIENCE, () -> first.said().contains("no task is claimed any more, running=1"));
            signal(data, "CONT");
            assertThat(first.ended()).isZero();
            assertThat(first.said()).contains("stopped").doesNotContain("ERROR", "WARN");
        }
        Instant ended = Instant.now();
        assertThat(DataProcesses.naming(data)).isEmpty();
        try (ChildServer second = ChildServer.start(data, ONE_SLOT)) {
            finish(second, id);
            List<JsonObject> tasks = tasks(second, id);
            assertThat(tasks).allMatch(task -> task.getInteger("attempt") == 1);
            assertThat(tasks.stream().map(task -> Instant.parse(task.getString("finishedAt"))))
                    .anyMatch(finished -> finished.isAfter(asked) && finished.isBefore(ended));
            assertThat(tasks.stream().map(task -> Instant.parse(task.getString("startedAt"))))
                    .noneMatch(started -> started.isAfter(asked) && started.isBefore(ended));
        }
    }

    @Test
    void whatCannotBeFinishedIsGivenBackAndIsNobodysFailure() {
        Path data = folder.resolve("data");
        String id;
        try (ChildServer first = ChildServer.start(data, NO_GRACE)) {
            id = busy(first);
            assertThat(first.stop()).isZero();
            assertThat(first.said()).doesNotContain("ERROR");
        }
        assertThat(DataProcesses.naming(data)).isEmpty();
        try (ChildServer second = ChildServer.start(data, ONE_SLOT)) {
            Instant ready = Instant.now();
            finish(second, id);
            List<JsonObject> again = tasks(second, id).stream()
                    .filter(task -> task.getInteger("attempt") > 1)
                    .toList();
            assertThat(again).singleElement().satisfies(task -> {
                assertThat(task.getInteger("attempt")).isEqualTo(2);
                assertThat(task.getJsonArray("attempts")).isEmpty();
                // No lease has to expire first.
                assertThat(Instant.parse(task.getString("startedAt"))).isBefore(ready.plus(Duration.ofSeconds(10)));
            });
        }
    }

    @Test
    void aSecondSignalEndsAtOnceAndLeavesNoProcess() {
        Path data = folder.resolve("data");
        Map<String, String> patient = Map.of("RIVULET_ENCODE_SLOTS", "1", "RIVULET_SHUTDOWN_GRACE", "1h");
        try (ChildServer server = ChildServer.start(data, patient)) {
            busy(server);
            signal(data, "STOP");
            server.signal("TERM");
            server.until(PATIENCE, () -> server.said().contains("no task is claimed any more, running=1"));
            server.signal("INT");
            assertThat(server.ended()).isEqualTo(128 + 2);
        }
        DataProcesses.awaitNone(data, 20);
        try (ChildServer next = ChildServer.start(data, NO_GRACE)) {
            assertThat(next.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(next.stop()).isZero();
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerKeepsNobodyFromStopping() {
        Path data = folder.resolve("data");
        try (ChildServer server = ChildServer.start(data, NO_GRACE)) {
            busy(server);
            List<ProcessHandle> database = DataProcesses.naming(data, "/postgres ");
            assertThat(database).isNotEmpty();
            List<ProcessHandle> all = database.stream()
                    .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
                    .toList();
            all.forEach(process -> ChildServer.signal(process.pid(), "STOP"));
            server.signal("TERM");
            assertThat(server.ended()).isIn(0, 1);
            assertThat(server.said()).contains("PostgreSQL");
            assertThat(DataProcesses.naming(data, "/ffmpeg ")).isEmpty();
            all.forEach(process -> ChildServer.signal(process.pid(), "CONT"));
        }
        try (ChildServer next = ChildServer.start(data, NO_GRACE)) {
            assertThat(next.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(next.stop()).isZero();
        }
    }

    @Test
    void aStartIsGivenUpInOrder() {
        Path data = folder.resolve("data");
        try (ChildServer server = ChildServer.begin(data, Map.of())) {
            server.until(PATIENCE, () -> server.said().contains("ffmpeg version="));
            assertThat(server.stop()).isZero();
            assertThat(server.said()).contains("asked to stop").doesNotContain("is ready", "ERROR", "WARN");
        }
        assertThat(DataProcesses.naming(data)).isEmpty();
    }

    /**
     * To the ffmpeg that runs, which may be just starting: one that is stopped does not end by itself. Not to its sandbox,
     * which in its first moments could not see any more that the server dies.
     */
    private static void signal(Path data, String name) {
        Looks.until(PATIENCE, () -> !tools(data).isEmpty(), () -> "no ffmpeg runs");
        tools(data).forEach(process -> ChildServer.signal(process.pid(), name));
    }

    private static List<ProcessHandle> tools(Path data) {
        return DataProcesses.naming(data, "/ffmpeg ").stream()
                .filter(process -> DataProcesses.command(process).startsWith(data + "/tools/"))
                .toList();
    }

    /** A server with a chunk above the lowest quality in work and nothing else, and more to do. */
    private String busy(ChildServer server) {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "640x360", "25", 45);
        String id = server.upload(clip, "stopped").getString("id");
        // What is urgent would run beside it, and is all done by then.
        server.until(PATIENCE, () -> {
            Map<Boolean, List<JsonObject>> tasks = tasks(server, id).stream()
                    .collect(Collectors.partitioningBy(
                            task -> task.getString("kind").equals("chunk") && task.getInteger("tier") == 1));
            return tasks.get(false).stream()
                            .allMatch(task -> task.getString("state").equals("DONE"))
                    && tasks.get(true).stream()
                            .anyMatch(task -> task.getString("state").equals("RUNNING"));
        });
        return id;
    }

    private static void finish(ChildServer server, String id) {
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
    }

    private static List<JsonObject> tasks(ChildServer server, String id) {
        JsonObject manifest = server.manifest(id);
        return manifest.containsKey("tasks")
                ? manifest.getJsonArray("tasks").stream()
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
