package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.NewVideo;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MediaIT {
    private static WebFixture server;
    private static VideoId id;

    @BeforeAll
    static void open() {
        server = new WebFixture();
        NewVideo video = Samples.video("Fluß", 0);
        id = video.id();
        Futures.await(server.videos.create(video));
        Futures.await(server.videos.uploaded(id, 1000));
        write("720p.mp4", "0123456789".repeat(100));
        write("144p/seg_00000.m4s", "segment");
        write("144p/index.m3u8", "#EXTM3U\n".repeat(500));
        write("source/original", "secret");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void servesWholeFiles() {
        HttpResponse<String> answer = server.get(media("720p.mp4"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(1000);
        assertThat(header(answer, "content-type")).isEqualTo("video/mp4");
        assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(answer.headers().firstValue("server")).isEmpty();
        assertThat(header(server.get(media("144p/seg_00000.m4s")), "content-type"))
                .isEqualTo("video/iso.segment");
    }

    @Test
    void servesParts() {
        HttpResponse<String> part = server.get(media("720p.mp4"), "Range", "bytes=5-14");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("5678901234");
        assertThat(header(part, "content-range")).isEqualTo("bytes 5-14/1000");
        assertThat(server.get(media("720p.mp4"), "Range", "bytes=-3").body()).isEqualTo("789");
        HttpResponse<String> beyond = server.get(media("720p.mp4"), "Range", "bytes=1000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "content-range")).isEqualTo("bytes */1000");
        assertThat(new JsonObject(beyond.body()).getString("code")).isEqualTo("range_not_satisfiable");
    }

    @Test
    void servesPartsOnlyOfTheFileThatTheClientMeans() {
        String tag = header(server.get(media("720p.mp4")), "etag");
        assertThat(server.get(media("720p.mp4"), "Range", "bytes=0-1", "If-Range", tag)
                        .statusCode())
                .isEqualTo(206);
        assertThat(server.get(media("720p.mp4"), "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void sendsNothingThatTheClientHas() {
        HttpResponse<String> first = server.get(media("720p.mp4"));
        String tag = header(first, "etag");
        String modified = header(first, "last-modified");
        assertThat(tag).startsWith("\"");
        assertThat(server.get(media("720p.mp4"), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(server.get(media("720p.mp4"), "If-None-Match", "\"x\", W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.get(media("720p.mp4"), "If-Modified-Since", modified).statusCode())
                .isEqualTo(304);
        assertThat(server.get(media("720p.mp4"), "If-None-Match", "\"x\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersHeadAndPreflight() {
        HttpResponse<String> head = server.send("HEAD", media("720p.mp4"), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "content-length")).isEqualTo("1000");
        HttpResponse<String> preflight = server.send("OPTIONS", media("144p/index.m3u8"), "");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-headers")).contains("Range");
        HttpResponse<String> post = server.send("POST", media("720p.mp4"), "x");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(header(post, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void compressesPlaylistsAndTellsWhenTheyAreFinal() {
        HttpResponse<String> plain = server.get(media("144p/index.m3u8"));
        assertThat(header(plain, "content-type")).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(header(plain, "cache-control")).isEqualTo("no-cache");
        HttpResponse<String> packed = server.get(media("144p/index.m3u8"), "Accept-Encoding", "gzip");
        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(header(packed, "vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(header(packed, "etag")).startsWith("W/");

        NewVideo other = Samples.video();
        Futures.await(server.videos.create(other));
        Futures.await(server.videos.uploaded(other.id(), 1000));
        Futures.await(server.files.write(other.id(), "master.m3u8", Buffer.buffer("#EXTM3U\n")));
        server.announce(other.id(), Announcement.move("done", "done", dev.rivulet.job.VideoStatus.COMPLETED, Map.of()));
        assertThat(header(server.get("/media/" + other.id() + "/master.m3u8"), "cache-control"))
                .isEqualTo("public, max-age=31536000");
    }

    @Test
    void offersDownloadsByTitle() {
        HttpResponse<String> answer = server.get(media("720p.mp4?download"));
        assertThat(header(answer, "content-disposition"))
                .isEqualTo("attachment; filename=\"Flu_ 720p.mp4\"; filename*=UTF-8''Flu%C3%9F%20720p.mp4");
    }

    @Test
    void hidesEverythingElse() {
        for (String path : new String[] {
            media("source/original"),
            media("1080p.mp4"),
            media("144p/..%2Fsource%2Foriginal"),
            media("..%2F..%2Fx"),
            "/media/" + VideoId.random() + "/master.m3u8",
            "/media/nonsense/master.m3u8",
            "/media/../../etc/passwd",
        }) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("\"code\"").doesNotContain("secret");
        }
    }

    private static void write(String name, String content) {
        Future<Void> written = server.files.write(id, name, Buffer.buffer(content));
        Futures.await(written);
    }

    @Test
    void countsWhoBeginsToWatch() {
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        String path = "/media/" + video.id() + "/";
        for (String name : List.of("master.m3u8", "preview.m3u8", "144p/index.m3u8")) {
            Futures.await(server.files.write(video.id(), name, Buffer.buffer("#EXTM3U\n")));
        }
        server.get(path + "144p/index.m3u8");
        server.send("HEAD", path + "master.m3u8", "");
        server.get("/media/" + VideoId.random() + "/master.m3u8");
        assertThat(views(video.id())).isZero();
        server.get(path + "preview.m3u8");
        server.get(path + "master.m3u8");
        server.get(path + "master.m3u8", "Range", "bytes=0-3");
        assertThat(views(video.id())).isEqualTo(1);
        server.get(path + "master.m3u8", "User-Agent", "another");
        server.get(path + "master.m3u8", "X-Forwarded-For", "192.0.2.7");
        assertThat(views(video.id())).isEqualTo(3);
    }

    private static long views(VideoId video) {
        Futures.await(server.views.write());
        return Futures.await(server.videos.find(video)).orElseThrow().views();
    }

    private static String media(String name) {
        return "/media/" + id + "/" + name;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}
