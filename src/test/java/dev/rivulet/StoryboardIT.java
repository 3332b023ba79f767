package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BreakableTools;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of the seek bar: there for every video, and never missed by one that is without. */
class StoryboardIT {
    private static final long PATIENCE = 90;

    @TempDir
    Path folder;

    @Test
    void isMadeOfEveryVideoAndGoesWithItAndItsFailureFailsNone() {
        BreakableTools tools = new BreakableTools(folder.resolve("tools"));
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 10);
        Path single = MadeMedia.mp4(folder.resolve("single.mp4"), "144x256", "25", 2);
        try (RunningServer server = RunningServer.start(folder.resolve("data"), tools.settings())) {
            JsonObject video = completed(server, clip);
            String address = video.getString("storyboardUrl");
            assertThat(address).isEqualTo("/media/" + video.getString("id") + "/storyboard.vtt");
            HttpResponse<String> index = server.get(address);
            assertThat(index.headers().firstValue("content-type")).hasValue("text/vtt");
            assertThat(index.headers().firstValue("access-control-allow-origin"))
                    .hasValue("*");
            assertThat(index.body())
                    .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:03.000\nstoryboard_00.webp#xywh=0,0,160,90\n")
                    .endsWith("\n00:00:09.000 --> 00:00:10.000\nstoryboard_00.webp#xywh=480,0,160,90\n");
            String sprite = address.replace(".vtt", "_00.webp");
            HttpResponse<byte[]> picture = server.bytes(sprite);
            assertThat(picture.headers().firstValue("content-type")).hasValue("image/webp");
            assertThat(picture.body().length).isBetween(1_000, 200_000);

            JsonObject only = completed(server, single);
            assertThat(only.getJsonObject("qualityUrls")).hasSize(1);
            assertThat(server.get("/media/" + only.getString("id") + "/storyboard.vtt")
                            .body())
                    .contains("#xywh=0,0,90,160");

            server.send(HttpRequest.newBuilder(server.uri("/videos/" + video.getString("id")))
                    .DELETE()
                    .build());
            assertThat(server.get(address).statusCode()).isEqualTo(404);
            assertThat(server.get(sprite).statusCode()).isEqualTo(404);

            tools.breakWith("storyboard");
            JsonObject without = completed(server, clip);
            assertThat(without.getValue("storyboardUrl")).isNull();
            assertThat(server.get("/media/" + without.getString("id") + "/storyboard.vtt")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static JsonObject completed(RunningServer server, Path clip) {
        String id = server.upload(clip, "with pictures").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        return server.video(id);
    }
}
