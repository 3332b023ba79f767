package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Importing;
import dev.rivulet.testing.LinkSetting;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports that go well, and those that somebody ends. */
class ImportIT {
    private static final byte[] FILM = OtherServer.bytes(3_000_000);

    private WebFixture server;
    private Importing importing;
    private OtherServer other;

    @BeforeEach
    void open() {
        server = new WebFixture();
        importing = new Importing(server);
        other = new OtherServer(FILM);
    }

    @AfterEach
    void close() {
        server.close();
        other.close();
    }

    @Test
    void isAnsweredAtOnceAndFetched() {
        other.cuts.add(-1);
        HttpResponse<String> answer = importing.ask(new JsonObject()
                .put("url", other.url("/a/Sommer%20am%20Flu%C3%9F.mp4?signature=secret"))
                .put("description", "Of a river")
                .put("priority", 3));
        JsonObject video = new JsonObject(answer.body());
        VideoId id = VideoId.parse(video.getString("id")).orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("location")).hasValue("/videos/" + id);
        assertThat(video.getString("title")).isEqualTo("Sommer am Fluß");
        assertThat(video.getString("description")).isEqualTo("Of a river");
        assertThat(video.getString("status")).isEqualTo("UPLOADING");
        assertThat(answer.body()).doesNotContain("secret");

        assertThat(importing.received(id)).isEqualTo(FILM);
        Video received = Futures.await(server.videos.find(id)).orElseThrow();
        assertThat(received.fileSize()).isEqualTo(FILM.length);
        assertThat(received.priority()).isEqualTo(3);
        Futures.until(() -> Future.succeededFuture(server.commands.contains(new SegmentVideo(id))));
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
        assertThat(server.commands).contains(new UploadMoved(id, 1000, FILM.length));
        assertThat(importing.links()).isZero();
    }

    @Test
    void asksAsAnybodyMay() {
        importing.received(importing.begin(other.url("/film.mp4")));
        MultiMap asked = other.asked.get(0);
        assertThat(asked.get("User-Agent")).isEqualTo("Rivulet");
        assertThat(asked.get("Accept-Encoding")).isEqualTo("identity");
        assertThat(asked.get("Host")).isEqualTo("127.0.0.1:" + other.port());
        assertThat(asked.contains("Range")).isFalse();
        assertThat(asked.names()).doesNotContain("Cookie", "Authorization", "Referer");
    }

    @Test
    void followsRedirectsEachFromWhereItStands() {
        other.paths.put("/a/b", asked -> asked.response()
                .setStatusCode(302)
                .putHeader("Location", "../c?x")
                .end());
        other.paths.put("/c", asked -> asked.response()
                .setStatusCode(307)
                .putHeader("Location", other.url("/film"))
                .end("not this"));
        assertThat(importing.received(importing.begin(other.url("/a/b")))).isEqualTo(FILM);
        assertThat(other.asked).hasSize(3);
    }

    @Test
    void takesAFileOfUnknownLength() {
        other.paths.put("/film", asked -> {
            asked.response().setChunked(true);
            asked.response().write("one ");
            asked.response().end("two");
        });
        assertThat(importing.received(importing.begin(other.url("/film"))))
                .asString()
                .isEqualTo("one two");
    }

    @Test
    void eventBusClientsMayAskForIt() {
        JsonObject wish = new JsonObject().put("action", "import").put("url", other.url("/film.mp4"));
        JsonObject video = (JsonObject) Futures.await(server.vertx
                        .eventBus()
                        .request("rivulet.videos", wish.copy().put("title", "By bus")))
                .body();
        assertThat(video.getString("title")).isEqualTo("By bus");
        assertThat(importing.received(VideoId.parse(video.getString("id")).orElseThrow()))
                .isEqualTo(FILM);

        Throwable refused =
                Futures.failure(server.vertx.eventBus().request("rivulet.videos", wish.put("url", "ftp://x/")));
        assertThat(((ReplyException) refused).failureCode()).isEqualTo(400);
        assertThat(refused).hasMessageContaining("invalid_url");
    }

    @Test
    void aCancelEndsItAtOnce() {
        VideoId id = hanging();
        assertThat(server.send("POST", "/videos/" + id + "/cancel", "").statusCode())
                .isEqualTo(202);
        isEnded();
        assertThat(importing.until(id, VideoStatus.CANCELLED).status()).isEqualTo(VideoStatus.CANCELLED);
    }

    @Test
    void aDeletionEndsItAtOnce() {
        VideoId id = hanging();
        assertThat(server.send("DELETE", "/videos/" + id, "").statusCode()).isEqualTo(204);
        isEnded();
        assertThat(server.rows()).isZero();
    }

    @Test
    void anOrderlyStopLeavesItOnRecord() throws Exception {
        VideoId id = hanging();
        Futures.await(server.leaveImports());
        assertThat(Futures.await(server.videos.find(id)).orElseThrow().status()).isEqualTo(VideoStatus.UPLOADING);
        assertThat(importing.links()).isEqualTo(1);
        Path part = server.data.resolve("work/uploads/" + id + ".part");
        assertThat(Files.size(part)).isEqualTo(other.hangsAfter);
        assertThat(importing.recorded(id)).isEqualTo(other.hangsAfter);
        assertThat(importing.refusal(other.url("/film"), 503)).isEqualTo("stopping");
    }

    @Test
    void canBeSwitchedOff() {
        try (WebFixture closed = Importing.server(LinkSetting.local().disabled())) {
            assertThat(new Importing(closed).refusal(other.url("/film"), 403)).isEqualTo("import_disabled");
            assertThat(closed.rows()).isZero();
        }
    }

    @Test
    void nothingIsAskedForWhatIsWrittenWrongly() {
        assertThat(importing.refusal("ftp://127.0.0.1/film", 400)).isEqualTo("invalid_url");
        assertThat(importing.refusal("http://user:word@127.0.0.1/film", 400)).isEqualTo("invalid_url");
        assertThat(importing.refusal("film.mp4", 400)).isEqualTo("invalid_url");
        assertThat(importing.ask(new JsonObject()).statusCode()).isEqualTo(400);
        assertThat(importing
                        .ask(new JsonObject().put("url", "http://a/").put("priority", 11))
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send("GET", "/videos/import", "").statusCode()).isEqualTo(405);
        assertThat(server.rows()).isZero();
    }

    /** An import of which some has arrived and nothing more comes. */
    private VideoId hanging() {
        for (int i = 0; i < 50; i++) {
            other.cuts.add(-1);
        }
        VideoId id = importing.begin(other.url("/film.mp4"));
        Futures.until(() -> Future.succeededFuture(importing.recorded(id) == other.hangsAfter));
        return id;
    }

    private void isEnded() {
        Futures.until(() -> Future.succeededFuture(
                other.connections() == 0 && server.written().isEmpty()));
        assertThat(importing.links()).isZero();
        assertThat(server.commands).noneMatch(SegmentVideo.class::isInstance);
    }
}
