package dev.rivulet;

import static dev.rivulet.testing.EarlyVideos.chunks;
import static dev.rivulet.testing.EarlyVideos.failedAttempts;
import static dev.rivulet.testing.EarlyVideos.grows;
import static dev.rivulet.testing.EarlyVideos.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.BoxFile;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films that do not tell where they end are encoded and watched while their bytes still arrive. */
class GrowingPlansIT {
    private static final long PATIENCE = 180;
    private static final int SECONDS = 40;
    private static final String PICTURE = "-c:v libx264 -preset ultrafast -b:v 500k -pix_fmt yuv420p ";
    private static final String FRAGMENTS = PICTURE + "-bf 2 -g 30 -c:a aac -movflags +frag_keyframe+empty_moov";

    /** What is uploaded, by its name: as recorders, packagers, broadcasters and cameras write. */
    private static final Map<String, String> FILMS = Map.of(
            "live.mp4", FRAGMENTS,
            "packaged.mp4", FRAGMENTS + "+dash+global_sidx",
            "stream.ts", PICTURE + "-bf 2 -g 30 -c:a aac",
            "camera.m2ts", PICTURE + "-x264-params keyint=45:bframes=2:open-gop=1 -c:a ac3");

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
    @ValueSource(strings = {"live.mp4", "packaged.mp4", "stream.ts", "camera.m2ts"})
    void growsWithWhatHasArrivedAndIsNotMadeTwice(String name) {
        Path clip = film(name, Objects.requireNonNull(FILMS.get(name)));
        ArrivingUpload upload = ArrivingUpload.begin(server, clip);
        String id = upload.id();
        Map<Path, FileTime> early;
        try (Updates updates = server.follow(id)) {
            upload.sendTo(0.3);
            assertThat(updates.stage(PATIENCE, "previewable").getString("status"))
                    .isEqualTo("UPLOADING");
            if (name.equals("packaged.mp4")) {
                assertThat(server.video(id).getDouble("duration")).isEqualTo(SECONDS);
            } else {
                assertThat(server.video(id).getDouble("duration")).isBetween(5.0, 12.5);
            }
            assertThat(Presentation.text(server, id, "144p/index.m3u8"))
                    .contains("#EXT-X-PLAYLIST-TYPE:EVENT")
                    .doesNotContain("#EXT-X-ENDLIST");
            upload.sendTo(0.7);
            grows(server, id, 6);
            assertThat(server.video(id).getString("status")).isEqualTo("UPLOADING");
            early = times(server, id, 7);

            upload.finish(0);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(server.video(id).getDouble("duration")).isBetween(SECONDS - 0.1, SECONDS + 0.1);
        assertThat(failedAttempts(server, id)).isEmpty();
        assertThat(tasks(server, id)).allMatch(task -> task.getInteger("attempt") == 1);
        assertThat(times(server, id, 7)).isEqualTo(early);
        Presentation.check(server, id, folder);
        holds(server, id, clip);
    }

    @Test
    void soundThatEndsBeforeItsPictureLastsAsLongInTheEnd() {
        Path clip = film("quiet.mp4", FRAGMENTS + " -af atrim=end=38.5");
        ArrivingUpload upload = ArrivingUpload.begin(server, clip);
        try (Updates updates = server.follow(upload.id())) {
            upload.sendTo(0.6);
            updates.stage(PATIENCE, "previewable");
            upload.finish(0);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(failedAttempts(server, upload.id())).isEmpty();
        Presentation.check(server, upload.id(), folder);
        holds(server, upload.id(), clip);
    }

    @Test
    void goesOnAfterAKillInMidUploadAndKeepsWhatWasMade() {
        Path data = folder.resolve("killed");
        ChildServer first = ChildServer.start(data, Map.of());
        try {
            ArrivingUpload upload =
                    ArrivingUpload.begin(first, film("killed.ts", Objects.requireNonNull(FILMS.get("stream.ts"))));
            String id = upload.id();
            upload.sendTo(0.5);
            grows(first, id, 2);
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
                        .allMatch(task -> task.getInteger("attempt") == 1);
                Presentation.check(second, id, folder);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void isMadeAgainWhenTheWholeIsNotWhatItBeganAs() throws IOException {
        Path data = folder.resolve("changed");
        ChildServer first = ChildServer.start(data, Map.of());
        try {
            ArrivingUpload upload = ArrivingUpload.begin(first, film("changed.mp4", FRAGMENTS));
            String id = upload.id();
            upload.sendTo(0.5);
            grows(first, id, 1);
            first.kill();
            try (RandomAccessFile bytes = new RandomAccessFile(
                    data.resolve("work/uploads/" + id + ".part").toFile(), "rw")) {
                // A time of creation in the index, which stands behind 36 bytes: another file, which is as good.
                bytes.seek(36 + 8 + 8 + 4);
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

    @Test
    void isMadeAgainWhenItsRateTurnsOutToBeAnother() {
        Path clip = film("slower.mp4", FRAGMENTS + " -vf select='lt(t,20)+not(mod(n,2))' -fps_mode vfr");
        ArrivingUpload upload = ArrivingUpload.begin(server, clip);
        try (Updates updates = server.follow(upload.id())) {
            upload.sendTo(0.4);
            updates.stage(PATIENCE, "previewable");
            upload.finish(0);
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        assertThat(server.manifest(upload.id()).getJsonObject("grid").getString("rate"))
                .isNotEqualTo("30");
        Presentation.check(server, upload.id(), folder);
        holds(server, upload.id(), clip);
    }

    /** What no honest writer writes. */
    @ParameterizedTest
    @ValueSource(strings = {"swapped", "of another track", "longer than the file"})
    void oddFragmentsEndAsAVideoOrWithAReason(String how) throws IOException {
        byte[] film =
                Files.readAllBytes(MadeMedia.clip(folder.resolve("odd.mp4"), "128x72", "30", 15, FRAGMENTS.split(" ")));
        List<Integer> heads = fragments(film);
        int odd = heads.get(heads.size() - 4);
        int next = heads.get(heads.size() - 3);
        int after = heads.get(heads.size() - 2);
        ByteBuffer bytes = ByteBuffer.wrap(film);
        switch (how) {
            case "swapped" -> {
                byte[] one = Arrays.copyOfRange(film, odd, next);
                byte[] other = Arrays.copyOfRange(film, next, after);
                bytes.put(odd, other).put(odd + other.length, one);
            }
            case "of another track" ->
                // In its first track's header, behind the heads of moof, mfhd, traf and tfhd.
                bytes.putInt(odd + 8 + 16 + 8 + 8 + 4, 9);
            default -> bytes.putInt(odd + bytes.getInt(odd), film.length);
        }
        Path file = Files.write(folder.resolve("odd-" + how.length() + ".mp4"), film);
        ArrivingUpload upload = ArrivingUpload.begin(server, file);
        try (Updates updates = server.follow(upload.id())) {
            upload.sendTo(0.5);
            updates.stage(PATIENCE, "previewable");
            upload.sendTo(0.95);
            upload.finish(0);
            JsonObject end = updates.end(PATIENCE);
            assertThat(end.getString("status").equals("COMPLETED") || end.getJsonObject("error") != null)
                    .as(end.encode())
                    .isTrue();
        }
    }

    private static List<Integer> fragments(byte[] film) {
        List<Integer> heads = new ArrayList<>();
        for (int at = 0; at + 8 <= film.length; at += BoxFile.size(film, at)) {
            if (BoxFile.find(film, at, at + 8, "moof") == at) {
                heads.add(at);
            }
        }
        return heads;
    }

    @Test
    void leavesNothingWhenItIsGivenUp() {
        ArrivingUpload upload =
                ArrivingUpload.begin(server, film("given-up.ts", Objects.requireNonNull(FILMS.get("stream.ts"))));
        String id = upload.id();
        upload.sendTo(0.4);
        grows(server, id, 1);

        assertThat(upload.delete(upload.location())).isEqualTo(204);

        Futures.until(() -> Future.succeededFuture(left(id).isEmpty()));
        assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
    }

    private static Path film(String name, String encoding) {
        return MadeMedia.clip(folder.resolve(name), "426x240", "30", SECONDS, encoding.split(" "));
    }

    private static void holds(Site site, String id, Path clip) {
        if (SharedChecker.there()) {
            SharedChecker.holds(site.uri("/"), id, clip);
        }
    }

    /** When the first segments of the lowest quality were written. */
    private static Map<Path, FileTime> times(RunningServer at, String id, int segments) {
        Map<Path, FileTime> times = new TreeMap<>();
        for (int i = 0; i < segments; i++) {
            Path file = at.data().resolve("media").resolve(id).resolve("144p").resolve("seg_0000" + i + ".m4s");
            try {
                times.put(file, Files.getLastModifiedTime(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return times;
    }

    private static List<Path> left(String id) {
        try (Stream<Path> all = Files.walk(server.data())) {
            return all.filter(path ->
                            path.toString().contains(id) || path.getParent().endsWith("work/tasks"))
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(server.data());
        }
    }
}
