package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ArrivingForm;
import dev.rivulet.testing.EarlyVideos;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos that are encoded and watched while they are uploaded by form. */
class WhileUploadingFormIT {
    private static final long PATIENCE = 180;

    @TempDir
    static Path folder;

    static Path clip;
    static RunningServer server;

    @BeforeAll
    static void start() {
        clip = EarlyVideos.phone(folder.resolve("short.mp4"), "426x240", "+faststart", 24);
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isWatchedBeforeItsEndThoughAFieldFollowsTheFile() {
        try (ArrivingForm form = ArrivingForm.begin(server, clip, "Told last")) {
            form.sendTo(0.7);
            String id = form.id();
            EarlyVideos.grows(server, id, 1);
            assertThat(server.video(id).getString("status")).isEqualTo("UPLOADING");
            try (Updates updates = server.follow(id)) {
                assertThat(form.finish()).startsWith("HTTP/1.1 202 ").contains("Told last");
                assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
            }
            assertThat(EarlyVideos.failedAttempts(server, id)).isEmpty();
            Presentation.check(server, id, folder);
        }
    }

    @Test
    void leavesNothingWhenItBreaksOff() {
        try (ArrivingForm form = ArrivingForm.begin(server, clip, "Never told")) {
            form.sendTo(0.7);
            String id = form.id();
            EarlyVideos.grows(server, id, 1);
            form.breakOff();
            Futures.until(
                    () -> Future.succeededFuture(server.get("/videos/" + id).statusCode() == 404));
            EarlyVideos.nothingIsLeft(server.data(), id);
        }
    }
}
