package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.GivingServer;
import dev.rivulet.testing.Importing;
import dev.rivulet.testing.LinkSetting;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.SmallDisk;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fills up while bytes arrive. */
class FullUploadDiskIT {
    private static final int BEFORE = 1_000_000;

    @TempDir
    Path folder;

    SmallDisk disk;
    WebFixture server;

    @BeforeEach
    void mount() {
        assumeTrue(SmallDisk.possible(folder), "no file system can be mounted here");
        disk = SmallDisk.mount(folder.resolve("disk"), 8);
        Settings.Upload limits = new Settings.Upload(WebFixture.MAX_BYTES, 0, 5, 5, Duration.ofHours(24));
        server = new WebFixture(limits, false, LinkSetting.local(), folder.resolve("disk/data"));
    }

    @AfterEach
    void unmount() {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void anImportWaitsForRoomAndGoesOnFromWhatHasArrived() throws IOException {
        byte[] film = OtherServer.bytes(3_000_000);
        Importing importing = new Importing(server);
        try (GivingServer other = new GivingServer(Files.write(folder.resolve("film.mp4"), film))) {
            other.give(BEFORE / (double) film.length);
            VideoId id = importing.begin(other.url());
            Futures.until(() -> Future.succeededFuture(importing.recorded(id) == BEFORE));
            disk.fill();
            other.give(1);
            Futures.until(() -> Future.succeededFuture(other.ranges().size() >= 3));
            assertThat(Futures.await(server.videos.find(id)).orElseThrow().status())
                    .isEqualTo(VideoStatus.UPLOADING);
            assertThat(importing.recorded(id)).isBetween((long) BEFORE, film.length - 1L);

            disk.free();
            assertThat(importing.received(id)).isEqualTo(film);
        }
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
    }

    @Test
    void aPieceThatFindsNoRoomIsAnsweredSoAndTheRestIsTakenLater() {
        String film = "film ".repeat(500_000);
        Tus tus = new Tus(server);
        String location = tus.create(film.length());
        try (RawClient client = new RawClient(server.port)) {
            client.send(
                    "PATCH " + location + " HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Tus-Resumable: 1.0.0",
                    "Upload-Offset: 0",
                    "Content-Type: " + Tus.BODY,
                    "Content-Length: " + film.length());
            client.write(film.substring(0, BEFORE));
            Path part = server.data.resolve("work/uploads/" + Tus.id(location) + ".part");
            Futures.until(() -> Future.succeededFuture(size(part) == BEFORE));
            disk.fill();
            client.write(film.substring(BEFORE, 2 * BEFORE));
            assertThat(client.answer()).startsWith("HTTP/1.1 507 ").contains("insufficient_storage");
        }
        disk.free();
        int offset = (int) tus.offset(location);
        assertThat(offset).isBetween(BEFORE, 2 * BEFORE);
        assertThat(tus.patch(location, offset, film.substring(offset)).statusCode())
                .isEqualTo(204);
        byte[] received =
                new Importing(server).received(VideoId.parse(Tus.id(location)).orElseThrow());
        assertThat(Arrays.equals(received, film.getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
