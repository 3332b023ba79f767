package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.media.VideoTrack;
import dev.rivulet.store.NewVideo;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages, health, metrics, the description. */
class FrontPagesIT {
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
    void servesThePagesUnderAPolicy() {
        for (String path : List.of("/", "/admin", "/docs", "/watch/" + VideoId.random())) {
            HttpResponse<String> page = server.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).startsWith("<!doctype html>");
            assertThat(header(page, "content-security-policy"))
                    .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'self'");
        }
        assertThat(header(server.get("/embed/" + VideoId.random()), "content-security-policy"))
                .doesNotContain("frame-ancestors");
        assertThat(server.send("POST", "/docs", "x").statusCode()).isEqualTo(405);
    }

    @Test
    void namesThePosterBesideThePageOfAVideo() {
        VideoId id = VideoId.random();
        assertThat(server.get("/watch/" + id).headers().firstValue("link")).isEmpty();

        Futures.await(server.files.write(id, "poster.webp", Buffer.buffer("picture")));
        for (String page : List.of("/watch/", "/embed/")) {
            assertThat(header(server.get(page + id), "link"))
                    .isEqualTo("</media/" + id + "/poster.webp>; rel=preload; as=image; fetchpriority=high");
        }
    }

    @Test
    void thePageOfAVideoShowsItsTitleAndPictureBeforeAnyScriptHasCome() {
        VideoId id = VideoId.random();
        String title = "<script>\"&'";
        Futures.await(server.videos.create(new NewVideo(id, title, null, "a.mp4", 1, 0, "local")));
        assertThat(server.get("/watch/" + id).body())
                .contains("<title>&lt;script&gt;&quot;&amp;&#39; · Rivulet</title>")
                .contains("<h1 id=\"title\">&lt;script&gt;&quot;&amp;&#39;</h1>")
                .contains("<div id=\"stage\" class=\"stage-box\"></div>");

        Futures.await(server.videos.uploaded(id, 1));
        Futures.await(server.videos.plan(id, Samples.plan(5), List.of()));
        Futures.await(server.files.write(id, "poster.webp", Buffer.buffer("picture")));

        String stage =
                "<div id=\"stage\" class=\"stage-box\" style=\"--ratio: %d / %d\"><img src=\"/media/%s/poster.webp\"";
        VideoTrack video = Samples.plan(5).source().video();
        for (String page : List.of("/watch/", "/embed/")) {
            HttpResponse<String> answer = server.get(page + id);
            assertThat(answer.body()).contains(stage.formatted(video.shownWidth(), video.shownHeight(), id));
            assertThat(server.get(page + id, "If-None-Match", header(answer, "etag"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void servesWhatPagesLoad() {
        HttpResponse<String> script = server.get("/assets/app/api.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(header(script, "content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(script, "cache-control")).isEqualTo("no-cache");
        String tag = header(script, "etag");
        assertThat(server.get("/assets/app/api.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        HttpResponse<String> packed = server.get("/assets/app/api.js", "Accept-Encoding", "br, gzip;q=0.8");
        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(packed.body().length()).isLessThan(script.body().length());
    }

    @Test
    void servesNothingFromOutside() {
        for (String path : List.of(
                "/assets/../settings.yaml",
                "/assets/..%2fsettings.yaml",
                "/assets/.npmrc",
                "/assets/",
                "/assets/x%00")) {
            assertThat(server.get(path).body()).as(path).contains("\"not_found\"");
        }
        assertThat(server.get("/nowhere", "Accept", "text/html").body()).startsWith("<!doctype html>");
        assertThat(server.get("/watch/nonsense", "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsHowItIs() {
        assertThat(new JsonObject(server.get("/health/live").body()).getString("status"))
                .isEqualTo("UP");
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        JsonObject checks = new JsonObject(ready.body()).getJsonObject("checks");
        assertThat(checks.getJsonObject("postgres").getString("status")).isEqualTo("UP");
        assertThat(checks.getJsonObject("sandbox").getString("status"))
                .as("what is not needed does not count")
                .isEqualTo("NONE");
        assertThat(checks.getJsonObject("store").getLong("freeBytes")).isPositive();
        assertThat(server.get("/metrics").body()).contains("vertx_http_server");
    }

    @Test
    void servesItsDescriptionWhichNamesEveryRoute() {
        String description = server.get("/openapi.yaml").body();
        ApiDescription api = Futures.await(ApiDescription.load(server.vertx));
        assertThat(api.operations()).hasSizeGreaterThan(15).allMatch(description::contains);
        // WebRouter.of, behind this very server, refuses a description with an operation that has no handler.
    }

    @Test
    void refusesHeadsThatAreTooLong() {
        assertThat(raw("GET /" + "x".repeat(9000) + " HTTP/1.1", "Host: x")).contains("414", "address_too_long");
        assertThat(raw("GET / HTTP/1.1", "Host: x", "X-Long: " + "x".repeat(20_000)))
                .contains("431", "header_too_long");
        assertThat(raw("GET / NONSENSE", "Host: x")).contains("400", "bad_request");
    }

    private static String raw(String... head) {
        try (RawClient client = new RawClient(server.port)) {
            client.send(head);
            return client.answer();
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}
