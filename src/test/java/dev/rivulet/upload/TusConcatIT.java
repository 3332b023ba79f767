package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.base64;
import static dev.rivulet.testing.Tus.header;
import static dev.rivulet.testing.Tus.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.NewUpload;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.ResumableUpload.Kind;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads in parts that are put together. */
class TusConcatIT {
    private WebFixture server;
    private Tus tus;

    @BeforeEach
    void open() {
        server = new WebFixture();
        tus = new Tus(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void completePartsAreAVideoAtOnce() {
        String first = part("not ");
        String empty = tus.create(0, "Upload-Concat", "partial");
        String second = part("really ");
        String third = part("a film");
        assertThat(server.rows()).isZero();
        assertThat(header(tus.head(first), "Upload-Concat")).isEqualTo("partial");
        String concat =
                "final;" + first + " http://elsewhere:81/prefix" + empty + " " + server.uri(second) + " " + third;
        String metadata = "title " + base64("Together");
        HttpResponse<String> answer =
                tus.send("POST", "/uploads", "", "Upload-Concat", concat, "Upload-Metadata", metadata);
        String location = Tus.location(answer);
        VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();

        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo("not really a film");
        assertThat(server.commands).contains(new SegmentVideo(id));
        assertThat(server.get("/videos/" + id).body()).contains("\"fileSize\":17", "\"title\":\"Together\"");
        HttpResponse<String> head = tus.head(location);
        assertThat(header(head, "Upload-Offset")).isEqualTo("17");
        assertThat(header(head, "Upload-Length")).isEqualTo("17");
        assertThat(header(head, "Upload-Concat"))
                .isEqualTo("final;" + first + " " + empty + " " + second + " " + third);
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
        refused(tus.head(first), 404, "upload_not_found");
        refused(tus.patch(location, 17, "x"), 403, "final_upload");

        // The answer may have been lost.
        HttpResponse<String> again =
                tus.send("POST", "/uploads", "", "Upload-Concat", concat, "Upload-Metadata", metadata);
        assertThat(Tus.location(again)).isEqualTo(location);
        assertThat(server.rows()).isEqualTo(1);
        refused(
                tus.send("POST", "/uploads", "", "Upload-Concat", "final;" + first + " " + part("x")),
                404,
                "upload_not_found");
    }

    @Test
    void partsMayStillBeOnTheirWay() {
        String first = tus.create(4, "Upload-Concat", "partial");
        String second = tus.create(7, "Upload-Concat", "partial");
        String location =
                Tus.location(tus.send("POST", "/uploads", "", "Upload-Concat", "final;" + first + " " + second));
        assertThat(tus.status(location)).isEqualTo("UPLOADING");
        HttpResponse<String> head = tus.head(location);
        assertThat(head.headers().firstValue("Upload-Offset")).isEmpty();
        assertThat(header(head, "Upload-Length")).isEqualTo("11");
        refused(tus.patch(location, 0, "x"), 403, "final_upload");
        refused(tus.send("POST", "/uploads", "", "Upload-Concat", "final;" + second + " " + first), 409, "part_in_use");

        assertThat(tus.patch(second, 0, "really ").statusCode()).isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("UPLOADING");
        assertThat(tus.patch(first, 0, "not ").statusCode()).isEqualTo(204);
        Futures.until(() -> Future.succeededFuture(tus.status(location).equals("PROCESSING")));
        VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo("not really ");
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
    }

    @Test
    void aRunThatWasCutOffIsGoneOnWith() throws IOException {
        List<String> parts = List.of(part("not "), part("really "), part("a film"));
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        List<VideoId> ids = parts.stream()
                .map(part -> VideoId.parse(Tus.id(part)).orElseThrow())
                .toList();
        NewUpload whole = new NewUpload(video.id(), Kind.FINAL, 17L, "", ids, Duration.ofHours(1));
        Futures.await(server.uploadRows.create(whole));
        assertThat(Futures.await(server.uploadRows.assemble(video.id()))).contains(List.of(4L, 7L, 6L));
        Path folder = server.data.resolve("work/uploads");
        Path begun = Files.move(folder.resolve(ids.get(0) + ".part"), folder.resolve(video.id() + ".part"));
        Files.writeString(begun, "rea", StandardOpenOption.APPEND);

        Futures.await(server.resumable.resume());
        assertThat(Futures.await(server.files.read(video.id(), MediaFiles.SOURCE))
                        .toString())
                .isEqualTo("not really a film");
        HttpResponse<String> again =
                tus.send("POST", "/uploads", "", "Upload-Concat", "final;" + String.join(" ", parts));
        assertThat(Tus.location(again)).isEqualTo("/uploads/" + video.id());
        assertThat(tus.offset("/uploads/" + video.id())).isEqualTo(17);
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
    }

    @Test
    void whatCannotBePutTogetherIsRefused() {
        String part = part("some");
        String whole = tus.create(4);
        String later =
                Tus.location(tus.send("POST", "/uploads", "", "Upload-Defer-Length", "1", "Upload-Concat", "partial"));
        refusedConcat("final;", 400, "invalid_upload_concat");
        refusedConcat("finally", 400, "invalid_upload_concat");
        refusedConcat("final;/videos/" + Tus.id(part), 400, "invalid_upload_concat");
        refusedConcat("final;" + part + " " + part, 400, "invalid_upload_concat");
        refusedConcat("final;" + whole, 400, "invalid_upload_concat");
        refusedConcat("final;" + later, 400, "invalid_upload_concat");
        refusedConcat("final;" + part + " /uploads/" + VideoId.random(), 404, "upload_not_found");
        refusedConcat("final;" + tus.create(0, "Upload-Concat", "partial"), 400, "empty_file");
        String large = tus.create(WebFixture.MAX_BYTES, "Upload-Concat", "partial");
        refusedConcat("final;" + part + " " + large, 413, "too_large");
        refused(
                tus.send("POST", "/uploads", "", "Upload-Concat", "final;" + part, "Upload-Length", "4"),
                400,
                "invalid_upload_concat");
        assertThat(server.rows()).isEqualTo(1);
        assertThat(tus.offset(part)).isEqualTo(4);
    }

    private void refusedConcat(String concat, int status, String code) {
        refused(tus.send("POST", "/uploads", "", "Upload-Concat", concat), status, code);
    }

    private String part(String content) {
        String location = tus.create(content.length(), "Upload-Concat", "partial");
        assertThat(tus.patch(location, 0, content).statusCode()).isEqualTo(204);
        return location;
    }
}
