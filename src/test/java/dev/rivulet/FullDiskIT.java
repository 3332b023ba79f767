package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.OwnTools;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SmallDisk;
import dev.rivulet.testing.TestServers;
import dev.rivulet.testing.Updates;
import dev.rivulet.testing.UploadForm;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The data folder lies on a small disk that fills up; the databases lie elsewhere. */
@BesideOthers
class FullDiskIT {
    private static final long PATIENCE = 240;
    private static final long KIB = 1 << 10;

    @TempDir
    Path folder;

    SmallDisk disk;
    RedisServer redis;
    RunningServer server;

    @BeforeEach
    void mount() {
        assumeTrue(SmallDisk.possible(folder), "no file system can be mounted here");
        disk = SmallDisk.mount(folder.resolve("disk"), 48);
    }

    @AfterEach
    void unmount() throws IOException {
        if (server != null) {
            server.close();
        }
        if (redis != null) {
            redis.stop();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void workStopsAndGoesOnAndUploadsAreRefusedMeanwhile() throws IOException {
        start(OwnTools.in(folder.resolve("tools"), ""));
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 60);
        String id = server.upload(clip, "stopped").getString("id");
        try (Updates updates = server.follow(id)) {
            updates.progress(PATIENCE, 15);
            disk.fill();
            until(() -> tasks(id).noneMatch(task -> task.getString("state").equals("RUNNING")));
            until(() -> store().getString("status").equals("FULL"));
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            // A task that ended for want of room has given a little back.
            assertThat(store().getLong("freeBytes")).isLessThan(1024 * KIB);
            int claims = tasks(id).mapToInt(task -> task.getInteger("attempt")).sum();

            HttpResponse<String> refused = server.send(UploadForm.request(server.uri("/videos/upload"), clip, "late"));
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("60");
            assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("insufficient_storage");
            onlyThereIs(id);

            assertThat(tasks(id).mapToInt(task -> task.getInteger("attempt")).sum())
                    .as("claims")
                    .isEqualTo(claims);
            assertThat(server.video(id).getString("status")).isIn("PROCESSING", "READY");
            disk.free();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        whole(id);
        assertThat(failures(id)).as("what ran when it filled up").isNotEmpty().hasSizeLessThanOrEqualTo(4);
        assertThat(store().getString("status")).isEqualTo("UP");
    }

    @Test
    void anUploadThatFillsTheDiskLeavesNothing() throws IOException {
        start(OwnTools.in(folder.resolve("tools"), ""));
        disk.fillBut(2048 * KIB);
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + Form.TYPE,
                    "Transfer-Encoding: chunked");
            client.chunk(new Form().file("x.mp4", "begin").open().strip());
            String piece = "x".repeat((int) (64 * KIB));
            for (int sent = 0; sent < 48; sent++) {
                client.chunk(piece);
            }
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 507")
                    .contains("retry-after: 60", "connection: close", "insufficient_storage");
            assertThat(client.line()).as("the connection").isEqualTo("null");
        }
        onlyThereIs();
        assertThat(store().getLong("freeBytes")).isGreaterThan(1900 * KIB);
        disk.free();
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 3);
        String id = server.upload(clip, "there is room").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
    }

    @Test
    void anIntermediateThatFillsTheDiskIsMadeAgain() {
        OwnTools tools = OwnTools.in(folder.resolve("tools"), OwnTools.stopping("*source/mezzanine/chunk_*"));
        start(tools);
        Path clip = MadeMedia.clip(
                folder.resolve("clip.mp4"), "426x240", "25", 40, "-c:v", "libx264", "-g", "9999", "-c:a", "aac");
        String id = server.upload(clip, "one keyframe").getString("id");
        try (Updates updates = server.follow(id)) {
            tools.awaitStopped();
            // Made on the other slot meanwhile; else it may be what fails.
            until(() -> tasks(id).anyMatch(task -> isDone(task, "poster")));
            disk.fillBut(300 * KIB);
            tools.goOn();
            until(() -> !failures(id).isEmpty());
            assertThat(failures(id)).allMatch("mezzanine"::equals);
            disk.free();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        whole(id);
    }

    @Test
    void aJoinThatFillsTheDiskIsJoinedLater() {
        OwnTools tools = OwnTools.in(folder.resolve("tools"), OwnTools.stopping("*240p.mp4"));
        start(tools);
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 30);
        String id = server.upload(clip, "joined later").getString("id");
        try (Updates updates = server.follow(id)) {
            tools.awaitStopped();
            disk.fillBut(100 * KIB);
            tools.goOn();
            until(() -> tools.runs("240p.mp4").stream().anyMatch(run -> run.exit() > 0));
            disk.free();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        whole(id);
        assertThat(failures(id)).isEmpty();
    }

    /** Copying a source into a container with an index is the segment stage's, before there is any task. */
    @Test
    void aCopyThatFillsTheDiskIsMadeLater() {
        OwnTools tools = OwnTools.in(folder.resolve("tools"), OwnTools.stopping("*copy.mkv"));
        start(tools);
        Path clip = MadeMedia.clip(
                folder.resolve("clip.ts"), "426x240", "25", 20, "-c:v", "libx264", "-g", "50", "-c:a", "aac");
        String id = server.upload(clip, "copied later").getString("id");
        try (Updates updates = server.follow(id)) {
            tools.awaitStopped();
            disk.fillBut(100 * KIB);
            tools.goOn();
            until(() -> tools.runs("copy.mkv").stream().anyMatch(run -> run.exit() > 0));
            assertThat(server.video(id).getString("status")).isEqualTo("PROCESSING");
            disk.free();
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        assertThat(server.manifest(id).getJsonObject("source").getString("class"))
                .isEqualTo("remux");
        whole(id);
    }

    /** Free bytes look fine, but the quota is full: nothing else is started for half a minute. */
    @Test
    void aFullQuotaStopsTheWorkHoweverMuchIsFree() {
        OwnTools tools = OwnTools.in(
                folder.resolve("tools"),
                """
                case "$*" in
                *"/work/tasks/"*"/240p/"*)
                    if mkdir FOLDER/full 2>/dev/null; then
                        echo 'Error writing trailer: Disk quota exceeded' >&2
                        note end 1
                        exit 1
                    fi ;;
                esac
                """);
        start(tools);
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 60);
        String id = server.upload(clip, "quota").getString("id");
        try (Updates updates = server.follow(id)) {
            until(() -> store().getString("status").equals("FULL"));
            assertThat(store().getLong("freeBytes")).isGreaterThan(4096 * KIB);
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        whole(id);
        assertThat(failures(id)).hasSize(1);
        List<OwnTools.Run> runs = tools.runs("/work/tasks/");
        long failed = runs.stream()
                .filter(run -> run.exit() == 1)
                .findFirst()
                .orElseThrow()
                .end();
        long again = runs.stream()
                .mapToLong(OwnTools.Run::begin)
                .filter(begin -> begin > failed + TimeUnit.SECONDS.toNanos(2))
                .min()
                .orElseThrow();
        assertThat(again - failed).isGreaterThan(TimeUnit.SECONDS.toNanos(25));
    }

    private void start(OwnTools tools) {
        int port = TestServers.freePort();
        redis = TestServers.redis(port);
        server = RunningServer.start(
                folder.resolve("disk/data"),
                tools.yaml(),
                "postgres: {url: '" + TestServers.database().url() + "'}",
                "redis: {url: 'redis://127.0.0.1:" + port + "'}",
                "encode: {slots: 2, minFreeBytes: 2MiB}",
                "upload: {minFreeBytes: 1MiB}");
    }

    /** Every task and every quality was made, and no failure was counted. */
    private void whole(String id) {
        assertThat(server.video(id).getString("status")).isEqualTo("COMPLETED");
        assertThat(tasks(id)).isNotEmpty().allSatisfy(task -> {
            assertThat(task.getString("state")).isEqualTo("DONE");
            assertThat(task.getJsonArray("attempts").stream())
                    .allMatch(
                            attempt -> ((JsonObject) attempt).getString("kind").equals("storage"));
        });
        assertThat(Presentation.check(server, id, folder)).hasSizeGreaterThanOrEqualTo(3);
    }

    private Stream<JsonObject> tasks(String id) {
        return server.manifest(id).getJsonArray("tasks").stream().map(JsonObject.class::cast);
    }

    private static boolean isDone(JsonObject task, String kind) {
        return task.getString("kind").equals(kind) && task.getString("state").equals("DONE");
    }

    /** Kinds of the tasks of which attempts failed. */
    private List<String> failures(String id) {
        return tasks(id)
                .flatMap(task -> task.getJsonArray("attempts").stream().map(attempt -> task.getString("kind")))
                .toList();
    }

    private JsonObject store() {
        return new JsonObject(server.get("/health/ready").body())
                .getJsonObject("checks")
                .getJsonObject("store");
    }

    /** No rows and no bytes of any other video. */
    private void onlyThereIs(String... ids) throws IOException {
        assertThat(new JsonObject(server.get("/videos").body())
                        .getJsonArray("items").stream().map(video -> ((JsonObject) video).getString("id")))
                .containsExactly(ids);
        Path media = server.data().resolve("media");
        if (Files.exists(media)) {
            try (Stream<Path> folders = Files.list(media)) {
                assertThat(folders.map(path -> path.getFileName().toString())).isSubsetOf(Set.of(ids));
            }
        }
        Path uploads = server.data().resolve("work/uploads");
        assertThat(Files.exists(uploads) ? uploads.toFile().list() : new String[0])
                .isEmpty();
    }

    private static void until(java.util.function.BooleanSupplier state) {
        Futures.until(() -> Future.succeededFuture(state.getAsBoolean()));
    }
}
