package dev.rivulet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.SmallDisk;
import dev.rivulet.testing.UploadForm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can break does, again and again, while videos are uploaded and encoded. In the end every accepted upload
 * is whole, and nothing else is left. More of it, and other faults, by {@code -Dit.test=ChaosIT -Dchaos.faults=60
 * -Dchaos.videos=30 -Dchaos.seed=1}; which processes a fault meets depends on the moment, also with the same seed.
 */
class ChaosIT {
    private static final int VIDEOS = Integer.getInteger("chaos.videos", 8);
    private static final int FAULTS = Integer.getInteger("chaos.faults", 15);
    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int DISK_MEGABYTES = 1500;
    private static final int MOST_REST_MILLIS = 3000;

    @TempDir
    Path folder;

    /** An upload that was answered with 202. */
    private record Accepted(String id, String clip) {}

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void whateverBreaksEveryAcceptedVideoIsWholeInTheEnd() throws IOException, InterruptedException {
        Map<String, Path> clips = clips();
        Path place = folder.resolve("disk");
        SmallDisk disk = SmallDisk.possible(folder) ? SmallDisk.mount(place, DISK_MEGABYTES) : null;
        if (disk == null) {
            System.out.println("chaos: no file system can be mounted here, so the disk is never full");
        }
        ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
        long begun = System.nanoTime();
        try (Faults faults = new Faults(Files.createDirectories(place).resolve("data"), disk, SEED)) {
            AtomicBoolean late = new AtomicBoolean();
            Thread uploads = new Thread(() -> upload(faults, clips, accepted, late), "uploads");
            uploads.start();
            for (int fault = 0; fault < FAULTS; fault++) {
                faults.rest(MOST_REST_MILLIS);
                faults.keep();
                faults.happen();
            }
            late.set(true);
            uploads.join();
            assertThat(accepted).hasSize(VIDEOS);
            for (Accepted one : accepted) {
                faults.until(
                        one + " settles",
                        server -> settled(server.video(one.id()).getString("status")));
            }
            System.out.printf(
                    "chaos: %d videos and %d faults, all settled after %d s%n",
                    VIDEOS, FAULTS, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
            Site site = faults.server();
            for (Accepted one : accepted) {
                check(site, one, clips.get(one.clip()), faults);
            }
            nothingIsLeft(faults, site);
        } finally {
            if (disk != null) {
                disk.close();
            }
        }
    }

    /** A client that wants its videos in: tries again until each is accepted. */
    private static void upload(
            Faults faults, Map<String, Path> clips, ConcurrentLinkedQueue<Accepted> accepted, AtomicBoolean late) {
        List<String> names = List.copyOf(clips.keySet());
        for (int number = 0; number < VIDEOS; number++) {
            String name = names.get(number % names.size());
            Path clip = clips.get(name);
            while (true) {
                try {
                    HttpResponse<String> answer = Site.HTTP.send(
                            UploadForm.request(faults.address("/videos/upload"), clip, name), BodyHandlers.ofString());
                    if (answer.statusCode() == 202) {
                        accepted.add(new Accepted(new JsonObject(answer.body()).getString("id"), name));
                        break;
                    }
                    assertThat(answer.statusCode()).as(answer.body()).isIn(429, 500, 503, 507);
                } catch (IOException cut) {
                    // The server went away: the client tries again.
                } catch (InterruptedException e) {
                    return;
                }
                faults.rest(500);
            }
            faults.rest(late.get() ? 1 : 2 * MOST_REST_MILLIS);
        }
    }

    private static boolean settled(String status) {
        return Set.of("COMPLETED", "PARTIAL", "FAILED", "CANCELLED").contains(status);
    }

    private void check(Site site, Accepted one, Path clip, Faults faults) {
        JsonObject video = site.video(one.id());
        if (one.clip().equals("text")) {
            assertThat(video.getString("status")).isEqualTo("FAILED");
            assertThat(video.getJsonObject("error").getString("code")).isEqualTo("not_a_video");
            return;
        }
        assertThat(video.getString("status"))
                .as("%s %s %s", one, video.encode(), faults.told())
                .isEqualTo("COMPLETED");
        Presentation.check(site, one.id(), folder);
        if (SharedChecker.there()) {
            SharedChecker.holds(site.uri("/"), one.id(), clip);
        }
        Set<String> finished = new HashSet<>();
        for (Object row : site.manifest(one.id()).getJsonArray("tasks")) {
            JsonObject task = (JsonObject) row;
            String name = task.getString("kind") + task.getInteger("tier") + "/" + task.getInteger("chunk");
            assertThat(task.getString("state")).as(name).isEqualTo("DONE");
            assertThat(finished.add(name)).as("%s is in the books once", name).isTrue();
            List<Integer> failed = task.getJsonArray("attempts").stream()
                    .map(attempt -> ((JsonObject) attempt).getInteger("attempt"))
                    .toList();
            assertThat(failed)
                    .as("attempts of %s that failed, before the one that made it", name)
                    .doesNotHaveDuplicates()
                    .allMatch(attempt -> attempt < task.getInteger("attempt"));
        }
    }

    /** Every folder belongs to a video, and no work lies about. */
    private static void nothingIsLeft(Faults faults, Site site) throws IOException {
        Set<String> rows = new HashSet<>();
        String after = "";
        do {
            JsonObject page = new JsonObject(site.get("/videos?limit=100" + (after.isEmpty() ? "" : "&after=" + after))
                    .body());
            JsonArray items = page.getJsonArray("items");
            items.forEach(item -> rows.add(((JsonObject) item).getString("id")));
            after = page.getString("next", "");
        } while (after != null && !after.isEmpty());
        Path data = faults.server().data();
        try (Stream<Path> folders = Files.list(data.resolve("media"))) {
            assertThat(folders.map(path -> path.getFileName().toString()).collect(Collectors.toSet()))
                    .as("folders of media")
                    .isSubsetOf(rows);
        }
        try {
            faults.until("the work folder is empty", server -> leftInWork(data).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("left in work: " + leftInWork(data), e);
        }
    }

    private static List<Path> leftInWork(Path data) {
        Path work = data.resolve("work");
        if (!Files.exists(work)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            return new ArrayList<>(List.of(data));
        }
    }

    /** Of each kind of source one, and one that is none. */
    private Map<String, Path> clips() throws IOException {
        Map<String, Path> clips = new TreeMap<>();
        clips.put("small", MadeMedia.mp4(folder.resolve("small.mp4"), "256x144", "25", 8));
        clips.put("wide", MadeMedia.mp4(folder.resolve("wide.mp4"), "640x360", "30", 20));
        clips.put("tall", MadeMedia.mp4(folder.resolve("tall.mp4"), "240x426", "24", 30));
        clips.put("large", MadeMedia.mp4(folder.resolve("large.mp4"), "854x480", "25", 15));
        clips.put(
                "avi", MadeMedia.clip(folder.resolve("old.avi"), "426x240", "25", 14, "-c:v", "mpeg4", "-c:a", "mp3"));
        clips.put("ts", MadeMedia.clip(folder.resolve("tv.ts"), "426x240", "25", 14, "-c:v", "libx264", "-c:a", "aac"));
        clips.put("text", Files.writeString(folder.resolve("text.mp4"), "no video at all ".repeat(1000)));
        return clips;
    }
}
