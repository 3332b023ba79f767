package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
    private static final int SECONDS = 60;

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
            assertThat(video.getDouble("duration")).isEqualTo(SECONDS);
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
                attempts(second, id)
                        .filter(task -> task.getString("kind").equals("chunk")
                                && task.getInteger("tier") == 0
                                && made.contains(task.getInteger("chunk")))
                        .forEach(task -> assertThat(task.getInteger("attempt")).isEqualTo(1));
                Presentation.check(second, id, folder);
            }
        } finally {
            first.close();
        }
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
                    default -> post("/videos/" + id + "/cancel");
                };

        assertThat(status).isBetween(200, 204);
        Futures.until(() -> Future.succeededFuture(left(id, upload).isEmpty()));
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

    /** As telephones record: H.264 with B-frames, a keyframe each second, AAC. */
    private static Path phone(String name, String flags) {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? file
                : MadeMedia.clip(
                        file,
                        "640x360",
                        "30",
                        SECONDS,
                        Stream.concat(
                                        Stream.of(
                                                "-c:v libx264 -preset ultrafast -bf 2 -g 30 -b:v 1500k -pix_fmt yuv420p -c:a aac"
                                                        .split(" ")),
                                        flags.isEmpty() ? Stream.of() : Stream.of("-movflags", flags))
                                .toArray(String[]::new));
    }

    static void grows(Site site, String id, int segments) {
        Futures.until(() -> Future.succeededFuture(
                Presentation.text(site, id, "144p/index.m3u8").split("#EXTINF").length > segments));
    }

    static List<Integer> chunks(Site site, String id, String quality) {
        return site
                .video(id)
                .getJsonObject("metadata")
                .getJsonObject("qualities")
                .getJsonObject(quality)
                .getJsonArray("completedChunks")
                .stream()
                .map(Integer.class::cast)
                .toList();
    }

    static Stream<JsonObject> attempts(Site site, String id) {
        return site.manifest(id).getJsonArray("tasks", new JsonArray()).stream().map(JsonObject.class::cast);
    }

    static List<JsonObject> failedAttempts(Site site, String id) {
        return attempts(site, id)
                .filter(task -> !task.getJsonArray("attempts", new JsonArray()).isEmpty())
                .toList();
    }

    private int post(String path) {
        return server.send(java.net.http.HttpRequest.newBuilder(server.uri(path))
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    /** Files that bear the name of the video or of one of its parts; work on tasks is gone with its last process. */
    private static List<Path> left(String id, ArrivingUpload upload) {
        List<String> names = List.of(id, Tus.id(upload.front()), Tus.id(upload.tail()));
        try (Stream<Path> all = Files.walk(server.data())) {
            return all.filter(path -> names.stream().anyMatch(path.toString()::contains)
                            || path.getParent().endsWith("work/tasks"))
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(server.data());
        }
    }
}
