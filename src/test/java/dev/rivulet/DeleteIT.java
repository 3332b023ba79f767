package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteIT {
    @TempDir
    Path folder;

    @Test
    void aVideoDeletedWhileItIsEncodedLeavesNoByteAndNoProcess() {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "1280x720", "30", 30);
        try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
            String id = server.upload(clip, "Going").getString("id");
            try (Updates updates = server.follow(id)) {
                updates.stage(60, "previewable");
            }

            HttpRequest delete =
                    HttpRequest.newBuilder(server.uri("/videos/" + id)).DELETE().build();
            assertThat(server.send(delete).statusCode()).isEqualTo(204);

            assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
            assertThat(server.send(delete).statusCode()).isEqualTo(404);
            // A task that ends at this moment stores its files, learns that nobody wants them, and takes them back.
            Path bytes = server.data().resolve("media").resolve(id);
            Futures.until(() -> Future.succeededFuture(encoders(server) == 0 && Files.notExists(bytes)));
            Path next = MadeMedia.mp4(folder.resolve("next.mp4"), "256x144", "25", 4);
            try (Updates updates = server.follow(server.upload(next, "Next").getString("id"))) {
                assertThat(updates.end(60).getString("status")).isEqualTo("COMPLETED");
            }
            assertThat(bytes).doesNotExist();
            assertThat(Files.exists(server.data().resolve("work"))).isTrue();
        }
    }

    private static long encoders(RunningServer server) {
        return DataProcesses.naming(server.data(), "ffmpeg", "-progress").size();
    }
}
