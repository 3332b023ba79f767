package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole servers that import by link: to the end, and across a stop and a kill. */
class ImportRestartIT {
    private static final long PATIENCE = 120;
    private static final Map<String, String> ALLOWING = Map.of("RIVULET_IMPORT_ALLOW", "127.0.0.1");

    @TempDir
    Path folder;

    @Test
    void anImportedVideoIsWatchedLikeAnUploadedOne() throws IOException {
        byte[] clip = clip();
        try (OtherServer other = new OtherServer(clip);
                RunningServer server = RunningServer.start(folder.resolve("data"), "import: {allow: [127.0.0.1]}")) {
            other.cuts.add(clip.length / 2);
            String id = begin(server, other);
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
            }
            assertThat(server.video(id).getString("status")).isEqualTo("COMPLETED");
            assertThat(server.video(id).getString("title")).isEqualTo("clip");
            assertThat(other.asked).hasSize(2);
            Presentation.check(server, id, folder);
        }
    }

    @Test
    void anImportGoesOnAfterAStopAndAfterAKill() throws IOException {
        byte[] clip = clip();
        Path data = folder.resolve("data");
        try (OtherServer other = new OtherServer(clip)) {
            other.hangsAfter = clip.length / 3;
            other.cuts.add(-1);
            other.cuts.add(-1);
            String id;
            try (ChildServer first = ChildServer.start(data, ALLOWING)) {
                id = begin(first, other);
                arrives(first, id, clip.length / 3);
                assertThat(first.stop()).isZero();
            }
            ChildServer second = ChildServer.start(data, ALLOWING);
            try {
                arrives(second, id, 2 * (clip.length / 3));
                second.kill();
            } finally {
                second.close();
            }
            try (ChildServer third = ChildServer.start(data, ALLOWING)) {
                try (Updates updates = third.follow(id)) {
                    JsonObject end = updates.end(PATIENCE);
                    assertThat(end.getString("stage"))
                            .as(end.encode() + third.said())
                            .isEqualTo("done");
                }
                assertThat(Files.readAllBytes(data.resolve("media/" + id + "/source/original")))
                        .isEqualTo(clip);
                assertThat(third.video(id).getString("status")).isEqualTo("COMPLETED");
            }
            assertThat(other.asked.stream().map(asked -> String.valueOf(asked.get("Range"))))
                    .containsExactly("null", "bytes=" + clip.length / 3 + "-", "bytes=" + 2 * (clip.length / 3) + "-");
            assertThat(other.asked.get(2).get("If-Range")).isEqualTo("\"one\"");
        }
    }

    private byte[] clip() throws IOException {
        return Files.readAllBytes(MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 6));
    }

    private static String begin(Site server, OtherServer other) {
        JsonObject wish = new JsonObject().put("url", other.url("/clip.mp4?signature=secret"));
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri("/videos/import"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish.encode()))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body()).getString("id");
    }

    /** Waits until it is told that so much has arrived: then it is on record. */
    private static void arrives(ChildServer server, String id, long bytes) {
        try (Updates updates = server.follow(id)) {
            updates.await(PATIENCE, update -> update.getLong("uploaded", 0L) >= bytes);
        }
    }
}
