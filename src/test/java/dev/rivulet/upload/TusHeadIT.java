package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.header;
import static dev.rivulet.testing.Tus.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HEAD /uploads/{id}. */
class TusHeadIT {
    private static WebFixture server;
    private static Tus tus;

    @BeforeAll
    static void open() {
        server = new WebFixture();
        tus = new Tus(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void theFilesLengthIsTheOffset() throws IOException {
        String location = tus.create(10);
        Files.writeString(file(location), "012345", StandardOpenOption.APPEND);
        HttpResponse<String> answer = tus.head(location);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("6");
        assertThat(header(answer, "Upload-Length")).isEqualTo("10");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Upload-Expires")).endsWith(" GMT");
        assertThat(tus.patch(location, 6, "6789").statusCode()).isEqualTo(204);
    }

    @Test
    void anUploadThatWasCutOffBeforeItsEndIsEnded() throws IOException {
        String location = tus.create(5);
        Files.writeString(file(location), "bytes", StandardOpenOption.APPEND);
        assertThat(tus.offset(location)).isEqualTo(5);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");

        String adopted = tus.create(5);
        Files.writeString(file(adopted), "bytes", StandardOpenOption.APPEND);
        Path source = server.data.resolve("media/" + Tus.id(adopted) + "/source/original");
        Files.createDirectories(source.getParent());
        Files.move(file(adopted), source);
        assertThat(tus.offset(adopted)).isEqualTo(5);
        assertThat(tus.status(adopted)).isEqualTo("PROCESSING");
        assertThat(source).hasContent("bytes");
    }

    @Test
    void theNextStartEndsItWithoutItsClient() throws IOException {
        String location = tus.create(5);
        Files.writeString(file(location), "bytes", StandardOpenOption.APPEND);
        String part = tus.create(5, "Upload-Concat", "partial");
        Files.writeString(file(part), "bytes", StandardOpenOption.APPEND);
        String begun = tus.create(5);
        Files.writeString(file(begun), "byte", StandardOpenOption.APPEND);
        Futures.await(server.resumable.resume());
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        assertThat(tus.status(begun)).isEqualTo("UPLOADING");
        assertThat(Futures.await(server.uploadRows.find(id(part))).orElseThrow().complete())
                .isTrue();
    }

    @Test
    void bytesThatWereNotHeldAgainstTheirChecksumDoNotCount() throws IOException {
        String location = tus.create(10);
        Files.writeString(file(location), "012345", StandardOpenOption.APPEND);
        Futures.await(server.uploadRows.renew(id(location), Duration.ofHours(1), 3L));
        assertThat(tus.offset(location)).isEqualTo(3);
        assertThat(file(location)).hasContent("012");
        assertThat(tus.patch(location, 3, "3456").statusCode()).isEqualTo(204);
        assertThat(tus.offset(location)).isEqualTo(7);
    }

    @Test
    void whatHasExpiredIsOver() {
        String location = tus.create(10);
        String part = tus.create(10, "Upload-Concat", "partial");
        String done = tus.create(4);
        for (String each : new String[] {location, part, done}) {
            Futures.await(server.uploadRows.renew(id(each), Duration.ofSeconds(-1), null));
        }
        refused(tus.head(location), 410, "upload_expired");
        refused(tus.patch(part, 0, "some"), 410, "upload_expired");
        Futures.await(server.uploadRows.renew(id(done), Duration.ofSeconds(1000), null));
        assertThat(tus.patch(done, 0, "some").statusCode()).isEqualTo(204);
        assertThat(tus.head(done).headers().firstValue("Upload-Expires")).isEmpty();
    }

    private static VideoId id(String location) {
        return VideoId.parse(Tus.id(location)).orElseThrow();
    }

    @Test
    void whatIsNotThereIsSaidSo() throws IOException {
        refused(tus.head("/uploads/" + VideoId.random()), 404, "upload_not_found");
        refused(tus.head("/uploads/x"), 404, "upload_not_found");
        refused(server.send("HEAD", tus.create(1), ""), 412, "unsupported_tus_version");

        String lost = tus.create(5);
        Files.delete(file(lost));
        refused(tus.head(lost), 410, "upload_gone");
        refused(tus.patch(lost, 0, "bytes"), 410, "upload_gone");

        String cancelled = tus.create(5);
        assertThat(server.send("POST", "/videos/" + Tus.id(cancelled) + "/cancel", "")
                        .statusCode())
                .isEqualTo(202);
        refused(tus.head(cancelled), 410, "upload_gone");
        refused(tus.patch(cancelled, 0, "bytes"), 410, "upload_gone");
        assertThat(tus.status(cancelled)).isEqualTo("CANCELLED");
    }

    private static Path file(String location) {
        return server.data.resolve("work/uploads/" + Tus.id(location) + ".part");
    }
}
