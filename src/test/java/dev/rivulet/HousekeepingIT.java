package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.NewUpload;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.ResumableUpload.Kind;
import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.store.pg.PgUploadStore;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.EarlyVideos;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.SlowUpload;
import dev.rivulet.testing.TestServers;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be left behind, on a server that is at work. */
@BesideOthers
class HousekeepingIT {
    private static final long PATIENCE = 240;
    private static final String SETTINGS = "housekeeping: {interval: %s, minAge: 1s, abandonedAfter: 1h}";

    @TempDir
    static Path folder;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final PgDatabase database = TestServers.database();
    private final Pool pool = database.pool(vertx, 2);

    @AfterEach
    void close() {
        Futures.await(pool.close());
        Futures.await(vertx.close());
    }

    @Test
    void whatWasLeftBehindGoesAndWhatIsInUseStays() throws Exception {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 4);
        Path film = MadeMedia.mp4(folder.resolve("film.mp4"), "854x480", "25", 40);
        try (RunningServer server = start("0s")) {
            String headless = completed(server, clip);
            String damaged = completed(server, clip);
            String old = completed(server, clip);
            String master = server.get("/media/" + headless + "/master.m3u8").body();
            String encoding = server.upload(film, "under way").getString("id");
            try (Updates updates = server.follow(encoding)) {
                updates.stage(PATIENCE, "previewable");
            }
            SlowUpload upload = new SlowUpload(server, clip);
            String arriving = upload.begin();
            Map<String, String> expected = plant(server, headless, damaged, old);
            ageWorkInUse(server);

            Map<String, String> dry = findings(server.get("/admin/housekeeping"), true);

            assertThat(dry.keySet()).isEqualTo(expected.keySet());
            assertThat(dry.values()).containsOnly("null");
            assertThat(findings(server.get("/admin/housekeeping"), true)).isEqualTo(dry);
            ageWorkInUse(server);
            assertThat(findings(post(server), false)).isEqualTo(expected);

            expected.values().removeIf(outcome -> !outcome.equals("null"));
            assertThat(findings(server.get("/admin/housekeeping"), true)).isEqualTo(expected);
            assertThat(server.get("/media/" + headless + "/master.m3u8").body()).isEqualTo(master);
            assertThat(server.get("/videos/" + old).statusCode()).isEqualTo(404);
            assertThat(server.get("/videos/" + damaged).statusCode()).isEqualTo(200);
            assertThat(server.data().resolve("media/holiday/photo.jpg")).exists();
            assertThat(upload.finish()).isEqualTo(arriving);
            for (String id : List.of(encoding, arriving)) {
                try (Updates updates = server.follow(id)) {
                    assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
                }
                Presentation.check(server, id, folder);
            }
            assertThat(findings(server.get("/admin/housekeeping"), true)).isEqualTo(expected);
        }
    }

    @Test
    void anUploadThatExpiresTakesWhatWasMadeOfItBeforeItsEnd() {
        Path clip = EarlyVideos.phone(folder.resolve("phone.mp4"), "");
        try (RunningServer server = start("0s")) {
            ArrivingUpload upload = ArrivingUpload.begin(server, clip).sendTail();
            String id = upload.id();
            upload.sendTo(0.3);
            EarlyVideos.grows(server, id, 1);
            sql("UPDATE uploads SET expires_at = clock_timestamp() - interval '1 second'");

            assertThat(findings(post(server), false))
                    .containsEntry("expired_upload work/uploads/" + id + ".part", "done");
            EarlyVideos.nothingIsLeft(server.data(), id, Tus.id(upload.front()), Tus.id(upload.tail()));
            assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
            for (String table : List.of("videos", "uploads", "tasks", "renditions", "tiers", "updates")) {
                Futures.until(() -> pool.query("SELECT FROM " + table).execute().map(rows -> rows.size() == 0));
            }
        }
    }

    @Test
    void whatIsSafeIsDoneWithoutBeingAskedAndTheRestIsLeft() throws IOException {
        try (RunningServer server = start("1s")) {
            Path unknown = planted(server.data().resolve("media/" + VideoId.random() + "/poster.webp"));
            Path orphan = planted(server.data().resolve("work/tasks/98-1-deadbeef/log.txt"));
            VideoId removed = VideoId.random();
            Path late = planted(server.data().resolve("media/" + removed + "/poster.webp"));
            sql("INSERT INTO removals VALUES ($1, clock_timestamp() - interval '1 day')", removed.value());

            Futures.until(() -> Future.succeededFuture(Files.notExists(orphan) && Files.notExists(late)));
            Futures.until(() -> pool.preparedQuery("SELECT FROM removals WHERE video_id = $1")
                    .execute(Tuple.of(removed.value()))
                    .map(rows -> rows.size() == 0));
            assertThat(unknown).exists();
        }
    }

    @Test
    void pagesOfOthersMayNeitherLookNorAct() {
        try (RunningServer server = start("0s")) {
            for (String method : List.of("GET", "POST")) {
                HttpRequest request = HttpRequest.newBuilder(server.uri("/admin/housekeeping"))
                        .method(method, BodyPublishers.noBody())
                        .header("Origin", "http://elsewhere.example")
                        .build();
                assertThat(server.send(request).statusCode()).isEqualTo(403);
            }
        }
    }

    /** One of each kind; what is expected to become of it, by kind and path. */
    private Map<String, String> plant(RunningServer server, String headless, String damaged, String old)
            throws IOException {
        Path media = server.data().resolve("media");
        Path work = server.data().resolve("work");
        Map<String, String> expected = new TreeMap<>();
        Files.delete(media.resolve(headless).resolve("master.m3u8"));
        expected.put("row_without_bytes media/" + headless, "done");
        Files.delete(media.resolve(damaged).resolve("144p.mp4"));
        expected.put("row_without_bytes media/" + damaged, "null");
        sql("UPDATE videos SET updated_at = updated_at - interval '1 minute' WHERE status = 'COMPLETED'");
        expected.put("expired_video media/" + old, "done");
        age(old);
        VideoId unknown = VideoId.random();
        planted(media.resolve(unknown + "/144p/seg_00000.m4s"));
        expected.put("bytes_without_row media/" + unknown, "done");
        VideoId removed = VideoId.random();
        planted(media.resolve(removed + "/poster.webp"));
        sql("INSERT INTO removals VALUES ($1, clock_timestamp() - interval '1 day')", removed.value());
        expected.put("bytes_without_row media/" + removed, "done");
        planted(media.resolve("holiday/photo.jpg"));
        expected.put("bytes_without_row media/holiday", "null");
        planted(work.resolve("tasks/99-1-deadbeef/log.txt"));
        expected.put("orphaned_work work/tasks/99-1-deadbeef", "done");
        planted(work.resolve("join/" + headless + "-144p/144p.mp4"));
        expected.put("orphaned_work work/join/" + headless + "-144p", "done");
        planted(work.resolve("segment/" + unknown + "/source/copy.mkv"));
        expected.put("orphaned_work work/segment/" + unknown, "done");
        planted(work.resolve("uploads/" + unknown + ".part"));
        expected.put("orphaned_work work/uploads/" + unknown + ".part", "done");
        NewVideo silent = Samples.video();
        Futures.await(new PgVideoStore(pool, "test").create(silent));
        planted(work.resolve("uploads/" + silent.id() + ".part"));
        age(silent.id().toString());
        PgUploadStore uploads = new PgUploadStore(pool, "test");
        NewVideo lapsed = Samples.video();
        Futures.await(new PgVideoStore(pool, "test").create(lapsed));
        VideoId fresh = VideoId.random();
        for (NewUpload upload : List.of(
                new NewUpload(lapsed.id(), Kind.WHOLE, 99L, "", List.of(), Duration.ofHours(1)),
                new NewUpload(fresh, Kind.PARTIAL, 99L, "", List.of(), Duration.ofHours(1)))) {
            Futures.await(uploads.create(upload));
            planted(work.resolve("uploads/" + upload.id() + ".part"));
        }
        sql(
                "UPDATE uploads SET expires_at = clock_timestamp() WHERE id = $1",
                lapsed.id().value());
        expected.put("expired_upload work/uploads/" + lapsed.id() + ".part", "done");
        expected.put("abandoned_upload work/uploads/" + silent.id() + ".part", "done");
        return expected;
    }

    /** By its age alone, everything in the work folder would be removed. */
    private static void ageWorkInUse(RunningServer server) throws IOException {
        try (Stream<Path> all = Files.walk(server.data().resolve("work"))) {
            for (Path path : all.toList()) {
                makeOld(path);
            }
        } catch (UncheckedIOException | NoSuchFileException vanished) {
            // The encoders go on meanwhile.
        }
    }

    private static Path planted(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "left behind");
        for (Path path = file; !path.endsWith("media") && !path.endsWith("work"); path = path.getParent()) {
            makeOld(path);
        }
        return file;
    }

    private static void makeOld(Path path) throws IOException {
        if (Files.exists(path)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        }
    }

    private void age(String video) {
        sql("UPDATE videos SET updated_at = updated_at - interval '3 days' WHERE id = $1", UUID.fromString(video));
    }

    private void sql(String statement, Object... values) {
        Futures.await(pool.preparedQuery(statement).execute(Tuple.from(values)));
    }

    private static String completed(RunningServer server, Path clip) {
        String id = server.upload(clip, "done").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        return id;
    }

    private static HttpResponse<String> post(RunningServer server) {
        return server.send(HttpRequest.newBuilder(server.uri("/admin/housekeeping"))
                .POST(BodyPublishers.noBody())
                .build());
    }

    /** Outcomes by kind and path. */
    private Map<String, String> findings(HttpResponse<String> answer, boolean dryRun) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject report = new JsonObject(answer.body());
        assertThat(report.getBoolean("dryRun")).isEqualTo(dryRun);
        assertThat(report.getBoolean("complete")).isTrue();
        Map<String, String> outcomes = new TreeMap<>();
        for (Object each : report.getJsonArray("findings")) {
            JsonObject finding = (JsonObject) each;
            String path = finding.getString("path");
            String outcome = String.valueOf(finding.getString("outcome"));
            // The folder of a task that ended between the looks is found while it goes, and spared.
            boolean going = path.startsWith("work/tasks/")
                    && Files.notExists(data.resolve("data").resolve(path));
            if (!going || outcome.equals("done")) {
                outcomes.put(finding.getString("kind") + " " + path, outcome);
            }
        }
        return outcomes;
    }

    private RunningServer start(String interval) {
        return RunningServer.start(
                data.resolve("data"),
                "postgres: {url: '" + database.url() + "'}",
                SETTINGS.formatted(interval),
                "retention: {completed: 48h, failed: 48h}");
    }
}
