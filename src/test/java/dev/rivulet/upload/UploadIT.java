package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UploadIT {
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
    void keepsWhatArrivesAndSaysSo() {
        String content = "not really a film".repeat(10_000);
        HttpResponse<String> answer = server.upload(new Form()
                .field("title", "My film")
                .field("description", "Of a river")
                .field("priority", "3")
                .file("film.mp4", content));

        JsonObject video = new JsonObject(answer.body());
        VideoId id = VideoId.parse(video.getString("id")).orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("location")).hasValue("/videos/" + id);
        assertThat(video.getString("title")).isEqualTo("My film");
        assertThat(video.getString("description")).isEqualTo("Of a river");
        assertThat(video.getString("status")).isEqualTo("PROCESSING");
        assertThat(video.getLong("fileSize")).isEqualTo(content.length());
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo(content);
        assertThat(Futures.await(server.videos.find(id)).orElseThrow().priority())
                .isEqualTo(3);
        assertThat(server.commands).contains(new SegmentVideo(id));
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
    }

    @Test
    void takesFieldsBehindTheFile() {
        JsonObject video = new JsonObject(server.upload(new Form()
                        .file("film.mp4", "bytes")
                        .field("title", "Late title")
                        .field("description", "Late words")
                        .field("priority", "-4"))
                .body());

        assertThat(video.getString("title")).isEqualTo("Late title");
        assertThat(video.getString("description")).isEqualTo("Late words");
        VideoId id = VideoId.parse(video.getString("id")).orElseThrow();
        assertThat(Futures.await(server.videos.find(id)).orElseThrow().priority())
                .isEqualTo(-4);
    }

    @Test
    void namesAVideoAfterItsFile() {
        JsonObject video = new JsonObject(
                server.upload(new Form().file("Sommer am Fluß.mp4", "bytes")).body());

        assertThat(video.getString("title")).isEqualTo("Sommer am Fluß");
    }

    @Test
    void neverUsesAFileNameAsAPath() {
        HttpResponse<String> answer = server.upload(new Form().file("../../../etc/x.mp4", "bytes"));

        JsonObject video = new JsonObject(answer.body());
        assertThat(video.getString("title")).isEqualTo("x");
        assertThat(server.written())
                .allMatch(path -> path.startsWith("media") && path.endsWith(Path.of("source", "original")));
    }

    @Test
    void keepsATitleOfThreeHundredCharactersWithMarkup() {
        String title = "<script>alert('ü')</script>".repeat(20).substring(0, 300);
        HttpResponse<String> answer =
                server.upload(new Form().field("title", title).file("film.mp4", "bytes"));

        assertThat(new JsonObject(answer.body()).getString("title")).isEqualTo(title);
    }
}
