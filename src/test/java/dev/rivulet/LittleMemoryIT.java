package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.OwnTools;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ffmpeg that lacks memory is tried again, alone on its node and with one thread. */
class LittleMemoryIT {
    private static final long PATIENCE = 180;
    private static final String TASKS = "/work/tasks/";

    @TempDir
    Path folder;

    /** As the system does it: without a word. */
    @Test
    void whatTheSystemKillsRunsAloneTheNextTime() {
        OwnTools tools = OwnTools.in(
                folder.resolve("tools"),
                """
                case "$*" in
                *"/work/tasks/"*"/240p/"*)
                    if mkdir FOLDER/killed 2>/dev/null; then kill -KILL $$; fi ;;
                esac
                """);
        try (RunningServer server = RunningServer.start(
                folder.resolve("data"), tools.yaml(), "encode: {slots: 3}", "chunk: {segments: 2}")) {
            Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 40);
            String id = server.upload(clip, "killed once").getString("id");
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            }
            List<JsonObject> failed = failed(server, id);
            assertThat(failed).singleElement().satisfies(task -> {
                assertThat(task.getInteger("attempt")).isEqualTo(2);
                JsonObject attempt = task.getJsonArray("attempts").getJsonObject(0);
                assertThat(attempt.getString("kind")).isEqualTo("memory");
                assertThat(attempt.getString("reason")).contains("killed from outside");
            });
            aloneWithOneThread(tools);
            Presentation.check(server, id, folder);
        }
    }

    /** With eight threads 720p takes more than 500 MiB, with one less than 350. */
    @Test
    void whatOneThreadHasEnoughForIsMade() {
        OwnTools tools = OwnTools.in(folder.resolve("tools"), "");
        try (RunningServer server =
                RunningServer.start(folder.resolve("data"), tools.yaml("memory: 400MiB"), "encode: {slots: 8}")) {
            Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "1280x720", "25", 4);
            String id = server.upload(clip, "large").getString("id");
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            }
            assertThat(failed(server, id)).isNotEmpty().allSatisfy(task -> {
                assertThat(task.getInteger("attempt")).isEqualTo(2);
                assertThat(task.getJsonArray("attempts").getJsonObject(0).getString("kind"))
                        .isEqualTo("memory");
            });
            aloneWithOneThread(tools);
            Presentation.check(server, id, folder);
        }
    }

    private static void aloneWithOneThread(OwnTools tools) {
        List<OwnTools.Run> all = tools.runs(TASKS);
        List<OwnTools.Run> second = tools.runs(TASKS + "\\d+-2-");
        assertThat(second).isNotEmpty().allSatisfy(run -> {
            assertThat(all.stream().filter(other -> other.pid() != run.pid() && other.overlaps(run)))
                    .isEmpty();
            assertThat(run.args()).contains("-threads 1 ").doesNotContainPattern("-threads [^1]");
        });
    }

    private static List<JsonObject> failed(RunningServer server, String id) {
        return server.manifest(id).getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .filter(task -> !task.getJsonArray("attempts").isEmpty())
                .toList();
    }
}
