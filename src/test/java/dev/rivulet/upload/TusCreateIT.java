package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.base64;
import static dev.rivulet.testing.Tus.header;
import static dev.rivulet.testing.Tus.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST /uploads. */
class TusCreateIT {
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
    void theUploadIsAVideoThatIsUploading() {
        String metadata = "filename " + base64("Fluß.mp4") + ",title " + base64("My film") + ",description "
                + base64("Of a river") + ",priority " + base64("3") + ",filetype " + base64("video/mp4")
                + ",is_confidential";
        HttpResponse<String> answer =
                tus.send("POST", "/uploads", "", "Upload-Length", "100", "Upload-Metadata", metadata);
        String location = Tus.location(answer);
        assertThat(location).matches("/uploads/[0-9a-f-]{36}");
        Instant expires = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header(answer, "Upload-Expires")));
        assertThat(expires)
                .isBetween(Instant.now().plusSeconds(86_000), Instant.now().plusSeconds(86_500));

        Video video = Futures.await(server.videos.find(new VideoId(java.util.UUID.fromString(Tus.id(location)))))
                .orElseThrow();
        assertThat(tus.status(location)).isEqualTo("UPLOADING");
        assertThat(video.title()).isEqualTo("My film");
        assertThat(video.description()).isEqualTo("Of a river");
        assertThat(video.fileName()).isEqualTo("Fluß.mp4");
        assertThat(video.priority()).isEqualTo(3);
        assertThat(video.fileSize()).isEqualTo(100);
        HttpResponse<String> head = tus.head(location);
        assertThat(header(head, "Upload-Metadata")).isEqualTo(metadata);
        assertThat(header(head, "Upload-Offset")).isEqualTo("0");
    }

    @Test
    void aVideoWithoutATitleIsNamedAfterItsFile() {
        String location = tus.create(5, "Upload-Metadata", "filename " + base64("../Sommer.mp4"));
        assertThat(server.get("/videos/" + Tus.id(location)).body()).contains("\"title\":\"Sommer\"");
    }

    @Test
    void theBodyIsTheBeginning() {
        HttpResponse<String> part =
                tus.send("POST", "/uploads", "not really", "Upload-Length", "17", "Content-Type", Tus.BODY);
        String location = Tus.location(part);
        assertThat(header(part, "Upload-Offset")).isEqualTo("10");
        assertThat(tus.patch(location, 10, " a film").statusCode()).isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");

        HttpResponse<String> whole =
                tus.send("POST", "/uploads", "not really a film", "Upload-Length", "17", "Content-Type", Tus.BODY);
        VideoId id = VideoId.parse(Tus.id(Tus.location(whole))).orElseThrow();
        assertThat(header(whole, "Upload-Offset")).isEqualTo("17");
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo("not really a film");
        assertThat(server.commands).contains(new SegmentVideo(id));
        assertThat(server.written()).noneMatch(path -> path.startsWith("work"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=, 415, unsupported_media_type",
        "application/offset+octet-stream, sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=, 460, checksum_mismatch",
        "application/offset+octet-stream, md5 2jmj7l5rSw0yVb/vlWAYkK/YBwk=, 400, unsupported_checksum"
    })
    void ofABodyThatCannotBeTakenNothingStays(String type, String checksum, int status, String code) {
        refused(
                tus.send(
                        "POST",
                        "/uploads",
                        "bytes",
                        "Upload-Length",
                        "9",
                        "Content-Type",
                        type,
                        "Upload-Checksum",
                        checksum),
                status,
                code);
        assertThat(server.rows()).isZero();
        assertThat(server.written()).isEmpty();
    }

    @Test
    void theLengthMayBeToldLater() {
        String location = Tus.location(tus.send("POST", "/uploads", "", "Upload-Defer-Length", "1"));
        assertThat(header(tus.head(location), "Upload-Defer-Length")).isEqualTo("1");
        assertThat(tus.patch(location, 0, "some").statusCode()).isEqualTo(204);
        refused(tus.patch(location, 4, "", "Upload-Length", "3"), 400, "invalid_upload_length");
        refused(tus.patch(location, 4, "", "Upload-Length", "9999999"), 413, "too_large");
        assertThat(tus.patch(location, 4, " more", "Upload-Length", "9").statusCode())
                .isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        assertThat(header(tus.head(location), "Upload-Length")).isEqualTo("9");
        assertThat(server.get("/videos/" + Tus.id(location)).body()).contains("\"fileSize\":9");
    }

    @Test
    void aLengthThatWasToldWithTheLastByteAloneEndsTheUpload() {
        String location = Tus.location(tus.send("POST", "/uploads", "", "Upload-Defer-Length", "1"));
        assertThat(tus.patch(location, 0, "all").statusCode()).isEqualTo(204);
        assertThat(tus.patch(location, 3, "", "Upload-Length", "3").statusCode())
                .isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        refused(tus.patch(location, 3, "", "Upload-Length", "4"), 400, "length_changed");
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        refused(tus.send("POST", "/uploads", ""), 400, "invalid_upload_length");
        refused(tus.send("POST", "/uploads", "", "Upload-Length", "x"), 400, "invalid_upload_length");
        refused(tus.send("POST", "/uploads", "", "Upload-Length", "-1"), 400, "invalid_upload_length");
        refused(
                tus.send("POST", "/uploads", "", "Upload-Length", "1", "Upload-Defer-Length", "1"),
                400,
                "invalid_upload_length");
        refused(tus.send("POST", "/uploads", "", "Upload-Defer-Length", "2"), 400, "invalid_upload_defer_length");
        refused(tus.send("POST", "/uploads", "", "Upload-Length", "0"), 400, "empty_file");
        HttpResponse<String> large =
                tus.send("POST", "/uploads", "", "Upload-Length", Long.toString(WebFixture.MAX_BYTES + 1));
        refused(large, 413, "too_large");
        assertThat(header(large, "Tus-Max-Size")).isEqualTo(Long.toString(WebFixture.MAX_BYTES));
        for (String metadata : new String[] {"title", "title x x", "a YQ==,a YQ==", ",", "title \u00e9"}) {
            HttpResponse<String> answer =
                    tus.send("POST", "/uploads", "", "Upload-Length", "1", "Upload-Metadata", metadata + " ,b !!");
            refused(answer, 400, "invalid_metadata");
        }
        refused(
                tus.send("POST", "/uploads", "", "Upload-Length", "1", "Upload-Metadata", "priority " + base64("11")),
                400,
                "invalid_priority");
        assertThat(server.rows()).isZero();
        assertThat(server.written()).isEmpty();
    }

    @Test
    void whoSpeaksAnotherVersionIsToldOurs() {
        for (String[] headers : new String[][] {{}, {"Tus-Resumable", "0.2.2"}}) {
            HttpResponse<String> answer = server.send("POST", "/uploads", "", headers);
            refused(answer, 412, "unsupported_tus_version");
            assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        }
    }

    @Test
    void limitsOfTheServerHold() {
        Settings.Upload two = new Settings.Upload(1000, 0, 5, 2, Duration.ofHours(1));
        try (WebFixture full = new WebFixture(two, false)) {
            Tus client = new Tus(full);
            String first = client.create(10);
            client.create(10);
            refused(client.send("POST", "/uploads", "", "Upload-Length", "10"), 429, "too_many_videos");
            assertThat(client.patch(first, 0, "0123456789").statusCode()).isEqualTo(204);
            client.create(5, "Upload-Concat", "partial");
            client.create(5, "Upload-Concat", "partial");
            refused(
                    client.send("POST", "/uploads", "", "Upload-Length", "5", "Upload-Concat", "partial"),
                    429,
                    "too_many_videos");
        }
        Settings.Upload none = new Settings.Upload(1000, Long.MAX_VALUE / 2, 5, 2, Duration.ofHours(1));
        try (WebFixture full = new WebFixture(none, false)) {
            HttpResponse<String> answer = new Tus(full).send("POST", "/uploads", "", "Upload-Length", "10");
            refused(answer, 507, "insufficient_storage");
            assertThat(header(answer, "Retry-After")).isEqualTo("60");
            assertThat(full.written()).isEmpty();
        }
    }
}
