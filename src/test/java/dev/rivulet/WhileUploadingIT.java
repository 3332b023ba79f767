package dev.rivulet;

import static dev.rivulet.testing.EarlyVideos.chunks;
import static dev.rivulet.testing.EarlyVideos.failedAttempts;
import static dev.rivulet.testing.EarlyVideos.grows;
import static dev.rivulet.testing.EarlyVideos.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.EarlyVideos;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos that are encoded and watched while their bytes still arrive. */
class WhileUploadingIT {
    private static final long PATIENCE = 180;

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

    @ParameterizedTest
    @ValueSource(strings = {"", "+faststart"})
    void isPreviewableWhenASmallPartHasArrivedAndGrowsWithTheRest(String flags) {
        Path clip = phone("clip" + flags.length() + ".mp4", flags);
        ArrivingUpload upload = ArrivingUpload.begin(server, clip).sendTail();
        String id = upload.id();
        try (Updates updates = server.follow(id)) {
            upload.sendTo(0.145);
            JsonObject told = updates.stage(PATIENCE, "previewable");
            assertThat(told.getString("status")).isEqualTo("UPLOADING");
            JsonObject video = server.video(id);
            assertThat(video.getString("status")).isEqualTo("UPLOADING");
            assertThat(video.getString("previewUrl")).isEqualTo("/media/" + id + "/preview.m3u8");
            assertThat(video.getString("masterUrl")).isNull();
            assertThat(video.getDouble("duration")).isEqualTo(EarlyVideos.SECONDS);
            assertThat(Presentation.text(server, id, "144p/index.m3u8"))
                    .contains("#EXT-X-PLAYLIST-TYPE:EVENT")
                    .doesNotContain("#EXT-X-ENDLIST");
            assertThat(Presentation.text(server, id, "audio-48k/index.m3u8")).contains("seg_00000.m4s");

            upload.sendTo(0.5);
            grows(server, id, 6);
            assertThat(server.video(id).getString("status")).isEqualTo("UPLOADING");

            upload.finish(4_000_000);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
            assertThat(updates.stages())
                    .containsSubsequence("previewable", "uploading", "processing", "playable", "done");
        }
        assertThat(failedAttempts(server, id)).isEmpty();
        Presentation.check(server, id, folder);
        if (SharedChecker.there()) {
            SharedChecker.holds(server.uri("/"), id, clip);
        }
    }

    @Test
    void switchedOffNothingIsMadeBeforeTheLastByte() {
        Path clip = phone("late.mp4", "");
        try (RunningServer late = RunningServer.start(folder.resolve("late"), "segment: {whileUploading: false}")) {
            ArrivingUpload upload = ArrivingUpload.begin(late, clip).sendTail();
            try (Updates updates = late.follow(upload.id())) {
                upload.finish(4_000_000);
                assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
                assertThat(updates.messages())
                        .filteredOn(message -> "previewable".equals(message.getString("stage")))
                        .singleElement()
                        .satisfies(message ->
                                assertThat(message.getString("status")).isNotEqualTo("UPLOADING"));
            }
        }
    }

    @Test
    void goesOnAfterAKillInMidUploadAndKeepsWhatWasMade() {
        Path clip = phone("killed.mp4", "");
        Path data = folder.resolve("killed");
        ChildServer first = ChildServer.start(data, Map.of());
        try {
            ArrivingUpload upload = ArrivingUpload.begin(first, clip).sendTail();
            String id = upload.id();
            upload.sendTo(0.4);
            grows(first, id, 4);
            List<Integer> made = chunks(first, id, "144p");
            first.kill();
            try (ChildServer second = ChildServer.start(data, Map.of());
                    Updates updates = second.follow(id)) {
                assertThat(second.video(id).getString("status")).isEqualTo("UPLOADING");
                assertThat(chunks(second, id, "144p")).containsAll(made);
                upload.finishAt(second);
                assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
                assertThat(tasks(second, id)
                                .filter(task -> task.getString("kind").equals("chunk")
                                        && task.getInteger("tier") == 0
                                        && made.contains(task.getInteger("chunk"))))
                        .isNotEmpty()
                        .allSatisfy(
                                task -> assertThat(task.getInteger("attempt")).isEqualTo(1));
                Presentation.check(second, id, folder);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void severalAtOnceAreEachPreviewableBeforeTheirEndAndEnd() {
        Path clip = EarlyVideos.phone(folder.resolve("short.mp4"), "426x240", "+faststart", 24);
        List<ArrivingUpload> uploads = Stream.generate(() -> ArrivingUpload.begin(server, clip))
                .limit(3)
                .toList();
        uploads.forEach(upload -> upload.sendTo(0.7));
        uploads.forEach(upload -> grows(server, upload.id(), 1));
        uploads.forEach(upload -> upload.finish(0));
        for (ArrivingUpload upload : uploads) {
            try (Updates updates = server.follow(upload.id())) {
                assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
            }
            assertThat(failedAttempts(server, upload.id())).isEmpty();
            Presentation.check(server, upload.id(), folder);
        }
    }

    @Test
    void piecesWithChecksumsAreOfUseOnceTheyWereHeldAgainstThem() {
        Path clip = EarlyVideos.phone(folder.resolve("short.mp4"), "426x240", "+faststart", 24);
        ArrivingUpload upload = ArrivingUpload.begin(server, clip);
        String id = upload.id();
        assertThat(upload.sendChecked(0.7, false)).isEqualTo(460);
        assertThat(server.video(id).getValue("previewUrl")).isNull();
        assertThat(upload.sendChecked(0.7, true)).isEqualTo(204);
        grows(server, id, 1);
        assertThat(upload.sendChecked(0.9, false)).isEqualTo(460);
        try (Updates updates = server.follow(id)) {
            assertThat(upload.sendChecked(1, true)).isEqualTo(204);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(failedAttempts(server, id)).isEmpty();
        Presentation.check(server, id, folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "video", "cancel", "part"})
    void leavesNothingWhenItIsGivenUp(String way) {
        ArrivingUpload upload =
                ArrivingUpload.begin(server, phone("given-up.mp4", "")).sendTail();
        String id = upload.id();
        upload.sendTo(0.3);
        grows(server, id, 1);

        int status =
                switch (way) {
                    case "upload" -> upload.delete(upload.location());
                    case "part" -> upload.delete(upload.front());
                    case "video" -> upload.delete("/videos/" + id);
                    default -> EarlyVideos.post(server, "/videos/" + id + "/cancel");
                };

        assertThat(status).isBetween(200, 204);
        EarlyVideos.nothingIsLeft(server.data(), id, Tus.id(upload.front()), Tus.id(upload.tail()));
        if (way.equals("cancel")) {
            assertThat(server.video(id).getString("status")).isEqualTo("CANCELLED");
        } else {
            assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void isMadeAgainWhenTheWholeIsNotWhatItWasPlannedFrom() throws IOException {
        Path clip = phone("changed.mp4", "");
        Path data = folder.resolve("changed");
        ChildServer first = ChildServer.start(data, Map.of());
        try {
            ArrivingUpload upload = ArrivingUpload.begin(first, clip).sendTail();
            String id = upload.id();
            upload.sendTo(0.4);
            grows(first, id, 2);
            first.kill();
            Path tail = data.resolve("work/uploads/" + Tus.id(upload.tail()) + ".part");
            try (RandomAccessFile bytes = new RandomAccessFile(tail.toFile(), "rw")) {
                // A time of creation in the index: another file, which is as good.
                bytes.seek(8 + 8 + 4);
                bytes.writeInt(1);
            }
            try (ChildServer second = ChildServer.start(data, Map.of());
                    Updates updates = second.follow(id)) {
                upload.finishAt(second);
                assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
                assertThat(second.said()).contains("is not the file that it was planned from");
                Presentation.check(second, id, folder);
            }
        } finally {
            first.close();
        }
    }

    private static Path phone(String name, String flags) {
        return EarlyVideos.phone(folder.resolve(name), flags);
    }
}
