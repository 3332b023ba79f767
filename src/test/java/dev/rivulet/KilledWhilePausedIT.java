package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.Updates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed while chunks stand still for more urgent ones: nobody would ever let them go on. */
class KilledWhilePausedIT {
    private static final long PATIENCE = 240;
    /** On a machine with many nothing has to stand still. */
    private static final String TWO_CORES = "-XX:ActiveProcessorCount=2";

    @TempDir
    Path folder;

    @Test
    void nothingStandsStillForEverAndTheNextStartGoesOn() throws IOException {
        Path data = folder.resolve("data");
        Path film = MadeMedia.mp4(folder.resolve("film.mp4"), "640x360", "25", 30);
        Path urgent = MadeMedia.mp4(folder.resolve("urgent.mp4"), "854x480", "25", 30);
        List<String> ids;
        try (ChildServer first = ChildServer.start(data, Map.of(), TWO_CORES)) {
            String id = first.upload(film, "stands still").getString("id");
            try (Updates updates = first.follow(id)) {
                updates.stage(PATIENCE, "playable");
            }
            ids = List.of(id, first.upload(urgent, "comes first").getString("id"));
            first.until(PATIENCE, () -> DataProcesses.naming(data, "libx264").stream()
                    .anyMatch(process -> DataProcesses.state(process) == 'T'));
            first.kill();
            DataProcesses.awaitNone(data, 5, "/ffmpeg ");
        }
        try (ChildServer second = ChildServer.start(data)) {
            for (String id : ids) {
                try (Updates updates = second.follow(id)) {
                    assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
                }
                Presentation.check(second, id, folder);
            }
            assertThat(DataProcesses.naming(data, "/ffmpeg ")).isEmpty();
        }
        assertThat(DataProcesses.naming(data)).isEmpty();
    }
}
