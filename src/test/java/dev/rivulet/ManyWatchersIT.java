package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Watchers;
import dev.rivulet.testing.Watchers.Upload;
import dev.rivulet.testing.Watchers.Watcher;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand watchers of twenty videos, on a server in a process of its own as {@code ./run} starts it. */
class ManyWatchersIT {
    private static final List<String> STAGES =
            List.of("snapshot", "processing", "thumbnail_ready", "previewable", "playable", "rendition_ready", "done");

    private static final Pattern BLOCKED = Pattern.compile("has been blocked for (\\d+) ms");
    /** On a machine that has nothing else to do it is 50: {@code bench/watchers}. A busy one keeps threads waiting longer. */
    private static final long LONGEST_MILLIS = Long.getLong("watchers.blocked", 1000);

    @TempDir
    Path folder;

    @Test
    void everyOneGetsEveryStageAndNoEventLoopIsHeldUp() throws IOException {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 3);
        Buffer film = Buffer.buffer(Files.readAllBytes(clip));
        ChildServer.Program program = new ChildServer.Program(WatchedLoops.class, List.of("-XX:TieredStopAtLevel=1"));
        try (ChildServer server =
                        ChildServer.start(folder.resolve("data"), Map.of("RIVULET_ENCODE_SLOTS", "1"), program);
                Watchers watchers = new Watchers(server.uri("/").getPort())) {
            // Whatever runs for the first time is loaded and compiled then.
            round(server, watchers, film, 10, 20);
            String before = server.said();
            System.out.println("while warming up: " + blocked(before).size() + " times over 50 ms");
            round(server, watchers, film, 20, 50);
            List<Long> held = blocked(server.said().substring(before.length()));
            System.out.println("afterwards: " + held + " ms");
            assertThat(held).allMatch(millis -> millis < LONGEST_MILLIS);
        }
    }

    private static void round(ChildServer server, Watchers clients, Buffer film, int videos, int each) {
        List<Upload> uploads = IntStream.range(0, videos)
                .mapToObj(number -> clients.begin(film, "video " + number))
                .toList();
        Futures.until(() -> Future.succeededFuture(uploading(server).size() == videos));
        List<Watcher> watchers = clients.watch(uploading(server), each);
        uploads.forEach(Upload::finish);
        clients.end(watchers);
        assertThat(watchers).hasSize(videos * each).allSatisfy(watcher -> assertThat(watcher.stages())
                .containsAll(STAGES));
    }

    private static List<String> uploading(ChildServer server) {
        return new JsonObject(server.get("/videos?status=UPLOADING&limit=100").body())
                .getJsonArray("items").stream()
                        .map(video -> ((JsonObject) video).getString("id"))
                        .toList();
    }

    /** Each time that a loop was held up for more than 50 ms, in milliseconds. */
    private static List<Long> blocked(String said) {
        return BLOCKED.matcher(said)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }
}
