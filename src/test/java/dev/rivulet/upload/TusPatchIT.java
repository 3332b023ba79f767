package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.header;
import static dev.rivulet.testing.Tus.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PATCH /uploads/{id}. */
class TusPatchIT {
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
    void pieceByPieceBecomesAVideoWithTheLastByte() {
        String content = "not really a film".repeat(60_000);
        String location = tus.create(content.length());
        int step = 400_000;
        for (int at = 0; at < content.length(); at += step) {
            int end = Math.min(at + step, content.length());
            HttpResponse<String> answer = tus.patch(location, at, content.substring(at, end));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            assertThat(header(answer, "Upload-Offset")).isEqualTo(Integer.toString(end));
            assertThat(answer.headers().firstValue("Upload-Expires").isPresent())
                    .isEqualTo(end < content.length());
        }
        VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo(content);
        assertThat(server.commands).contains(new SegmentVideo(id));
        assertThat(server.written()).noneMatch(path -> path.toString().contains(id + ".part"));
        assertThat(tus.offset(location)).isEqualTo(content.length());
        assertThat(tus.patch(location, content.length(), "").statusCode()).isEqualTo(204);
        refused(tus.patch(location, 0, "x"), 409, "wrong_offset");
    }

    @Test
    void onlyWhereTheUploadStands() {
        String location = tus.create(10);
        assertThat(tus.patch(location, 0, "01234").statusCode()).isEqualTo(204);
        refused(tus.patch(location, 4, "x"), 409, "wrong_offset");
        refused(tus.patch(location, 6, "x"), 409, "wrong_offset");
        refused(tus.patch(location, 5, "567890"), 413, "beyond_length");
        assertThat(tus.offset(location)).isEqualTo(5);
        assertThat(tus.status(location)).isEqualTo("UPLOADING");
        assertThat(tus.patch(location, 5, "56789").statusCode()).isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
    }

    @ParameterizedTest
    @CsvSource({
        "sha1, sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256, sha256 ZA0uvSM6KDW5RCNl51vHjpE0sLmAJHIvtMLIqHgzhLA=",
        "crc32, crc32 AAAAAA=="
    })
    void aChecksumIsHeldAgainstTheBytes(String algorithm, String wrong) throws Exception {
        String location = tus.create(13);
        assertThat(tus.patch(location, 0, "some").statusCode()).isEqualTo(204);
        refused(tus.patch(location, 4, " bytes", "Upload-Checksum", wrong), 460, "checksum_mismatch");
        assertThat(tus.offset(location)).isEqualTo(4);
        assertThat(tus.patch(location, 4, " bytes", "Upload-Checksum", algorithm + " " + sum(algorithm, " bytes"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(tus.offset(location)).isEqualTo(10);
        assertThat(tus.patch(location, 10, "end").statusCode()).isEqualTo(204);
        VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();
        assertThat(Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString())
                .isEqualTo("some bytesend");
    }

    @Test
    void whatIsNoRequestOfTheProtocolIsRefused() {
        String location = tus.create(10);
        refused(
                tus.patch(location, 0, "x", "Upload-Checksum", "md5 rL0Y20zC+Fzt72VPzMSk2A=="),
                400,
                "unsupported_checksum");
        refused(tus.patch(location, 0, "x", "Upload-Checksum", "sha1 rL0Y"), 400, "invalid_checksum");
        refused(tus.send("PATCH", location, "x", "Content-Type", Tus.BODY), 400, "invalid_upload_offset");
        refused(
                tus.send("PATCH", location, "x", "Content-Type", "text/plain", "Upload-Offset", "0"),
                415,
                "unsupported_media_type");
        HttpResponse<String> version =
                server.send("PATCH", location, "x", "Content-Type", Tus.BODY, "Upload-Offset", "0");
        refused(version, 412, "unsupported_tus_version");
        assertThat(header(version, "Tus-Version")).isEqualTo("1.0.0");
        refused(tus.patch("/uploads/" + VideoId.random(), 0, "x"), 404, "upload_not_found");
        refused(tus.patch("/uploads/nonsense", 0, "x"), 404, "upload_not_found");
        assertThat(tus.offset(location)).isZero();
        assertThat(server.get(location).statusCode()).isEqualTo(405);
    }

    @Test
    void whoCannotSayPatchSaysPost() {
        String location = tus.create(4);
        HttpResponse<String> answer = tus.send(
                "POST",
                location,
                "some",
                "X-HTTP-Method-Override",
                "PATCH",
                "Content-Type",
                Tus.BODY,
                "Upload-Offset",
                "0");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(tus.status(location)).isEqualTo("PROCESSING");
        HttpResponse<String> head = tus.send("POST", location, "", "X-HTTP-Method-Override", "HEAD");
        assertThat(header(head, "Upload-Offset")).isEqualTo("4");
        assertThat(tus.send("POST", location, "").statusCode()).isEqualTo(405);
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() {
        String location = tus.create(4);
        try (RawClient client = new RawClient(server.port)) {
            head(client, location, 0, "Content-Length: 4", "Expect: 100-continue");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            client.write("some");
            assertThat(client.answer()).startsWith("HTTP/1.1 204 ");
        }
        String other = tus.create(4);
        try (RawClient client = new RawClient(server.port)) {
            head(client, other, 1, "Content-Length: 4", "Expect: 100-continue");
            assertThat(client.answer()).startsWith("HTTP/1.1 409 ");
        }
    }

    @Test
    void aBodyOfUnknownLengthIsTakenUpToTheLength() {
        String location = tus.create(8);
        try (RawClient client = new RawClient(server.port)) {
            head(client, location, 0, "Transfer-Encoding: chunked");
            client.chunk("some");
            client.write("0\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 204 ").containsIgnoringCase("upload-offset: 4");
        }
        try (RawClient client = new RawClient(server.port)) {
            head(client, location, 4, "Transfer-Encoding: chunked");
            client.chunk("too much");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ").contains("beyond_length");
        }
        assertThat(tus.offset(location)).isEqualTo(4);
    }

    private static void head(RawClient client, String location, long offset, String... more) {
        String[] lines = Stream.concat(
                        Stream.of(
                                "PATCH " + location + " HTTP/1.1",
                                "Host: x",
                                "Tus-Resumable: 1.0.0",
                                "Content-Type: " + Tus.BODY,
                                "Upload-Offset: " + offset),
                        Stream.of(more))
                .toArray(String[]::new);
        client.send(lines);
    }

    private static String sum(String algorithm, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] value =
                switch (algorithm) {
                    case "sha1" -> MessageDigest.getInstance("SHA-1").digest(bytes);
                    case "sha256" -> MessageDigest.getInstance("SHA-256").digest(bytes);
                    default -> {
                        CRC32 crc = new CRC32();
                        crc.update(bytes);
                        yield ByteBuffer.allocate(4)
                                .putInt((int) crc.getValue())
                                .array();
                    }
                };
        return Base64.getEncoder().encodeToString(value);
    }
}
