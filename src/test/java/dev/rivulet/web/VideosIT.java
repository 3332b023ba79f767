package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.NewVideo;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VideosIT {
    private static final String JSON = "application/json";
    private static WebFixture server;

    @BeforeAll
    static void open() {
        server = new WebFixture();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void listsPageByPage() {
        for (int i = 0; i < 3; i++) {
            create();
        }
        JsonObject first = json(server.get("/videos?limit=2"));
        assertThat(first.getJsonArray("items")).hasSize(2);
        JsonObject second = json(server.get("/videos?limit=2&after=" + first.getString("next")));
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("id"))
                .isNotIn(first.getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("id"))
                        .toList());
        assertThat(json(server.get("/videos?status=COMPLETED")).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void namesTheParameterThatIsWrong() {
        for (String query : new String[] {"limit=0", "limit=101", "limit=x", "status=DONE"}) {
            HttpResponse<String> answer = server.get("/videos?" + query);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).getString("code")).isEqualTo("invalid_parameter");
            assertThat(json(answer).getString("field")).isEqualTo(query.split("=")[0]);
        }
        assertThat(json(server.get("/videos?after=nonsense")).getString("code")).isEqualTo("invalid_cursor");
    }

    @Test
    void listsWhatHasTheWords() {
        VideoId id = create();
        create();
        server.send("PATCH", "/videos/" + id, "{\"title\":\"50% caf\u00e9_life {}\"}", "Content-Type", JSON);
        for (String words : new String[] {"50%25", "CAF%C3%89_", "life%2050%25", "50%25+%7B%7D"}) {
            assertThat(json(server.get("/videos?limit=5&q=" + words)).getJsonArray("items"))
                    .as(words)
                    .extracting(video -> ((JsonObject) video).getString("id"))
                    .containsExactly(id.toString());
        }
        assertThat(json(server.get("/videos?q=50%25&status=COMPLETED")).getJsonArray("items"))
                .isEmpty();
        assertThat(json(server.get("/videos?q=")).getJsonArray("items")).hasSizeGreaterThanOrEqualTo(2);
        refused(server.get("/videos?q=" + "x".repeat(201)), 400, "invalid_q");
    }

    @Test
    void changesTitleAndDescription() {
        VideoId id = create();
        JsonObject video =
                json(server.send("PATCH", "/videos/" + id, "{\"title\":\"<b>New</b>\\u0000\"}", "Content-Type", JSON));
        assertThat(video.getString("title")).isEqualTo("<b>New</b>");
        assertThat(json(server.get("/videos/" + id)).getString("title")).isEqualTo("<b>New</b>");
    }

    @Test
    void refusesBodiesThatAreWrong() {
        String path = "/videos/" + create();
        refused(server.send("PATCH", path, "{\"title\":\"\"}", "Content-Type", JSON), 400, "invalid_body");
        refused(server.send("PATCH", path, "{\"owner\":\"me\"}", "Content-Type", JSON), 400, "invalid_body");
        refused(server.send("PATCH", path, "{\"title\":7}", "Content-Type", JSON), 400, "invalid_body");
        refused(server.send("PATCH", path, "{", "Content-Type", JSON), 400, "bad_json");
        refused(server.send("PATCH", path, "title=x", "Content-Type", "text/plain"), 415, "unsupported_media_type");
        String huge = "{\"title\":\"" + "x".repeat(100_000) + "\"}";
        refused(server.send("PATCH", path, huge, "Content-Type", JSON), 413, "body_too_large");
    }

    @Test
    void deletesRowsAndBytes() {
        VideoId id = create();
        Futures.await(server.files.write(id, "master.m3u8", Buffer.buffer("#EXTM3U")));
        assertThat(server.send("DELETE", "/videos/" + id, "").statusCode()).isEqualTo(204);
        assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
        assertThat(Futures.await(server.files.find(id, "master.m3u8"))).isEmpty();
        assertThat(Futures.await(server.files.find(id, MediaFiles.SOURCE))).isEmpty();
        refused(server.send("DELETE", "/videos/" + id, ""), 404, "video_not_found");
    }

    @Test
    void knowsNoOtherVideos() {
        for (String id : new String[] {VideoId.random().toString(), "nonsense", "..%2f", "%00", "A".repeat(36)}) {
            refused(server.get("/videos/" + id), 404, "video_not_found");
            refused(server.get("/videos/" + id + "/manifest"), 404, "video_not_found");
            refused(server.send("DELETE", "/videos/" + id, ""), 404, "video_not_found");
            refused(
                    server.send("PATCH", "/videos/" + id, "{\"title\":\"x\"}", "Content-Type", JSON),
                    404,
                    "video_not_found");
        }
    }

    @Test
    void showsThePlanOnceThereIsOne() {
        VideoId id = create();
        refused(server.get("/videos/" + id + "/manifest"), 404, "not_planned");
        Futures.await(server.videos.uploaded(id, 1000));
        var plan = Samples.plan(50);
        Futures.await(server.videos.plan(id, plan, dev.rivulet.job.NewTask.of(plan)));
        JsonObject manifest = json(server.get("/videos/" + id + "/manifest"));
        assertThat(manifest.getJsonArray("chunks"))
                .hasSize(plan.chunks().chunks().size());
        assertThat(manifest.getJsonArray("tasks")).isNotEmpty();
    }

    @Test
    void answersUnknownAddressesAndMethods() {
        refused(server.get("/nowhere"), 404, "not_found");
        HttpResponse<String> page = server.get("/nowhere", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(404);
        HttpResponse<String> put = server.send("PUT", "/videos/" + VideoId.random(), "x");
        refused(put, 405, "method_not_allowed");
        assertThat(put.headers().firstValue("allow")).hasValue("DELETE, GET, PATCH");
        refused(server.get("/videos/" + VideoId.random() + "/progress"), 426, "upgrade_required");
    }

    private static VideoId create() {
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        return video.id();
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        assertThat(json(answer).getString("code")).isEqualTo(code);
    }
}
