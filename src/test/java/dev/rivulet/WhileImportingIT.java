package dev.rivulet;

import static dev.rivulet.testing.EarlyVideos.chunks;
import static dev.rivulet.testing.EarlyVideos.failedAttempts;
import static dev.rivulet.testing.EarlyVideos.grows;
import static dev.rivulet.testing.EarlyVideos.phone;
import static dev.rivulet.testing.EarlyVideos.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.EarlyVideos;
import dev.rivulet.testing.GivingServer;
import dev.rivulet.testing.GivingServer.Way;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos that are encoded and watched while they are fetched by link. */
class WhileImportingIT {
    private static final long PATIENCE = 180;

    @TempDir
    static Path folder;

    static Path clip;
    static RunningServer server;

    @BeforeAll
    static void start() {
        clip = phone(folder.resolve("clip.mp4"), "426x240", "+faststart", 24);
        server = RunningServer.start(folder.resolve("data"), "import: {allow: [127.0.0.1]}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isPreviewableWhenASmallPartHasArrivedAndGrowsWithTheRest() {
        try (GivingServer other = new GivingServer(clip).give(0.4)) {
            String id = begin(server, other);
            try (Updates updates = server.follow(id)) {
                JsonObject told = updates.stage(PATIENCE, "previewable");
                assertThat(told.getString("status")).isEqualTo("UPLOADING");
                assertThat(server.video(id).getString("previewUrl")).isEqualTo("/media/" + id + "/preview.m3u8");
                other.give(0.7);
                grows(server, id, 3);
                assertThat(server.video(id).getString("status")).isEqualTo("UPLOADING");
                other.give(1);
                isDone(server, id, updates);
                // How often it tells of bytes depends on how fast they come.
                assertThat(updates.stages())
                        .contains("uploading")
                        .containsSubsequence("previewable", "processing", "playable", "done");
            }
            assertThat(failedAttempts(server, id)).isEmpty();
        }
    }

    @Test
    void withoutALengthNothingIsMadeBeforeTheLastByte() {
        try (GivingServer other = new GivingServer(clip)) {
            other.answer(Way.WITHOUT_LENGTH);
            String id = begin(server, other);
            try (Updates updates = server.follow(id)) {
                other.give(0.9);
                updates.stage(PATIENCE, "uploading");
                other.give(1);
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
    void goesOnAfterAKillAndKeepsWhatWasMade() {
        Path data = folder.resolve("killed");
        Map<String, String> environment = Map.of("RIVULET_IMPORT_ALLOW", "127.0.0.1");
        try (GivingServer other = new GivingServer(clip).give(0.7);
                ChildServer first = ChildServer.start(data, environment)) {
            String id = begin(first, other);
            grows(first, id, 3);
            List<Integer> made = chunks(first, id, "144p");
            first.kill();
            try (ChildServer second = ChildServer.start(data, environment);
                    Updates updates = second.follow(id)) {
                assertThat(chunks(second, id, "144p")).containsAll(made);
                other.give(1);
                isDone(second, id, updates);
                assertThat(other.ranges()).isNotEmpty();
                assertThat(second.said()).doesNotContain("arrives anew");
                assertThat(tasks(second, id)
                                .filter(task -> task.getString("kind").equals("chunk")
                                        && task.getInteger("tier") == 0
                                        && made.contains(task.getInteger("chunk"))))
                        .isNotEmpty()
                        .allSatisfy(
                                task -> assertThat(task.getInteger("attempt")).isEqualTo(1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"WELL", "WITHOUT_RANGES"})
    void isMadeAnewWhenItArrivesAnew(Way way) {
        Path other = phone(folder.resolve("other.mp4"), "320x180", "+faststart", 24);
        try (GivingServer link = new GivingServer(clip).give(0.7)) {
            String id = begin(server, link);
            try (Updates updates = server.follow(id)) {
                grows(server, id, 3);
                long before = updates.stage(PATIENCE, "previewable").getLong("seq");
                link.answer(way);
                link.replace(other, 0.6);
                updates.await(
                        PATIENCE,
                        told -> told.getLong("seq") > before && "previewable".equals(told.getString("stage")));
                JsonObject video = server.video(id);
                assertThat(video.getString("status")).isEqualTo("UPLOADING");
                assertThat(video.getInteger("width")).isEqualTo(320);
                grows(server, id, 2);
                link.give(1);
                isDone(server, id, updates);
            }
            assertThat(failedAttempts(server, id)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "cancel", "failure"})
    void leavesNothingWhenItIsGivenUp(String way) {
        try (GivingServer other = new GivingServer(clip).give(0.6)) {
            String id = begin(server, other);
            grows(server, id, 1);
            switch (way) {
                case "delete" ->
                    server.send(HttpRequest.newBuilder(server.uri("/videos/" + id))
                            .DELETE()
                            .build());
                case "cancel" -> EarlyVideos.post(server, "/videos/" + id + "/cancel");
                default -> {
                    other.answer(Way.GONE);
                    try (Updates updates = server.follow(id)) {
                        assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("FAILED");
                    }
                }
            }
            EarlyVideos.nothingIsLeft(server.data(), id);
            if (way.equals("delete")) {
                assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
            } else {
                assertThat(server.video(id).getString("status")).isIn("CANCELLED", "FAILED");
                assertThat(server.video(id).getString("previewUrl")).isNull();
            }
            if (way.equals("failure")) {
                assertThat(EarlyVideos.post(server, "/videos/" + id + "/retry")).isEqualTo(409);
            }
        }
    }

    private static void isDone(Site site, String id, Updates updates) {
        assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        Presentation.check(site, id, folder);
    }

    private static String begin(Site site, GivingServer other) {
        HttpResponse<String> answer = site.send(HttpRequest.newBuilder(site.uri("/videos/import"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("url", other.url()).encode()))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body()).getString("id");
    }
}
