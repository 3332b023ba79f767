package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Looks;
import dev.rivulet.testing.Mutation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SmallFiles;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred damaged files go through the whole server: each ends, with a video or with a code, and nothing stays. */
@BesideOthers
class DamagedFilesIT {
    private static final int MUTATIONS = Integer.getInteger("fuzz.whole", 100);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int AT_ONCE = 4;
    private static final long PATIENCE = 90;

    @TempDir
    static Path folder;

    @Test
    void everyDamagedFileEnds() throws IOException {
        List<Path> good = SmallFiles.in(folder.resolve("good"));
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Map<String, Integer> ends = new TreeMap<>();
        Path data = folder.resolve("data");
        try (RunningServer server = RunningServer.start(data)) {
            for (int first = 0; first < MUTATIONS; first += AT_ONCE) {
                List<String> ids = new ArrayList<>();
                List<String> names = new ArrayList<>();
                for (int i = first; i < Math.min(MUTATIONS, first + AT_ONCE); i++) {
                    Path source = good.get(i % good.size());
                    Path file = damaged.resolve(i + "-" + source.getFileName());
                    Files.write(file, new Mutation(SEED + i).of(Files.readAllBytes(source)));
                    ids.add(server.upload(file, file.getFileName().toString()).getString("id"));
                    names.add(file.getFileName() + " with seed " + (SEED + i));
                }
                for (int i = 0; i < ids.size(); i++) {
                    String end = end(server, ids.get(i), names.get(i));
                    ends.merge(end, 1, Integer::sum);
                }
            }
            System.out.printf("%d damaged files: %s%n", MUTATIONS, ends);
            DataProcesses.awaitNone(data, 10, "source/");
            // A task that ended with its video takes its files back a moment later.
            Looks.until(10, () -> files(data.resolve("work")).isEmpty(), () -> "left: " + files(data.resolve("work")));
            assertThat(files(data.resolve("media")))
                    .noneMatch(file -> file.toString().contains("mezzanine")
                            || file.toString().endsWith(".part"));
        }
    }

    private static String end(RunningServer server, String id, String name) {
        try (Updates updates = server.follow(id)) {
            updates.end(PATIENCE);
        } catch (AssertionError e) {
            throw new AssertionError(name + " does not end", e);
        }
        JsonObject video = server.video(id);
        String status = video.getString("status");
        if (status.equals("COMPLETED")) {
            return status;
        }
        assertThat(status).as(name + " " + video.encode()).isIn("FAILED", "PARTIAL");
        JsonObject error = video.getJsonObject("error");
        assertThat(error).as(name).isNotNull();
        assertThat(error.getString("message")).as(name).isNotBlank();
        return status + " " + ErrorCode.of(error.getString("code")).code();
    }

    private static List<Path> files(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            // Something has gone while it was looked at.
            return List.of(root);
        }
    }
}
