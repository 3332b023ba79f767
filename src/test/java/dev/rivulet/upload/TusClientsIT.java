package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several requests for one upload, and a server that is stopped. */
class TusClientsIT {
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
    void whoAsksWithHeadTakesTheUploadOver() {
        String location = tus.create(10);
        try (RawClient first = begin(location, 0, 10, "0123")) {
            assertThat(tus.offset(location)).isEqualTo(4);
            isToldToGo(first);
        }
        assertThat(tus.patch(location, 4, "456789").statusCode()).isEqualTo(204);
        assertThat(content(location)).isEqualTo("0123456789");
    }

    @Test
    void whoSendsTakesTheUploadOverWhereItStands() {
        String location = tus.create(10);
        try (RawClient first = begin(location, 0, 10, "0123")) {
            HttpResponse<String> early = tus.patch(location, 0, "0123456789");
            Tus.refused(early, 409, "wrong_offset");
            isToldToGo(first);
        }
        try (RawClient second = begin(location, 4, 6, "45")) {
            HttpResponse<String> last = tus.patch(location, 6, "6789");
            assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
            isToldToGo(second);
        }
        assertThat(content(location)).isEqualTo("0123456789");
    }

    @Test
    void aConnectionThatIsCutLeavesWhatArrived() {
        String location = tus.create(10);
        begin(location, 0, 10, "012345").close();
        assertThat(tus.offset(location)).isEqualTo(6);
        assertThat(tus.patch(location, 6, "6789").statusCode()).isEqualTo(204);
        assertThat(content(location)).isEqualTo("0123456789");
    }

    @Test
    void ofACutRequestWithAChecksumNothingIsKept() {
        String location = tus.create(10);
        tus.patch(location, 0, "012");
        begin(location, 3, 7, "3456", "Upload-Checksum: sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
                .close();
        Futures.until(() -> Future.succeededFuture(tus.offset(location) == 3));
        assertThat(tus.patch(location, 3, "3456789").statusCode()).isEqualTo(204);
        assertThat(content(location)).isEqualTo("0123456789");
    }

    @Test
    void aStopTellsTheClientAndKeepsWhatArrived() {
        String location = tus.create(10);
        try (RawClient client = begin(location, 0, 10, "0123")) {
            Future<Void> left = server.leave();
            server.uploads.breakOff();
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("connection: close")
                    .containsIgnoringCase("retry-after: 5")
                    .contains("\"code\":\"stopping\"");
            Futures.await(left);
        }
        assertThat(server.rows()).isEqualTo(1);
        assertThat(file(location)).hasContent("0123");
    }

    @Test
    void whileItIsStoppedNothingBegins() {
        String location = tus.create(10);
        server.leaving.begin();
        Tus.refused(tus.send("POST", "/uploads", "", "Upload-Length", "10"), 503, "stopping");
        Tus.refused(tus.patch(location, 0, "0123"), 503, "stopping");
        assertThat(tus.offset(location)).isZero();
    }

    @Test
    void watchersAreTold() {
        String location = tus.create(4_000_000);
        try (RawClient client = begin(location, 0, 4_000_000, "x".repeat(1000))) {
            Futures.until(() -> {
                client.write("x");
                return Future.succeededFuture(server.commands.stream()
                        .anyMatch(command -> command instanceof UploadMoved moved
                                && moved.video().toString().equals(Tus.id(location))
                                && moved.size() == 4_000_000
                                && moved.uploaded() > 0));
            });
        }
    }

    /** Sends a request with less than it promised; returns when that is written. */
    private RawClient begin(String location, long offset, int length, String beginning, String... more) {
        RawClient client = new RawClient(server.port);
        String[] head = {
            "PATCH " + location + " HTTP/1.1",
            "Host: x",
            "Tus-Resumable: 1.0.0",
            "Content-Type: " + Tus.BODY,
            "Upload-Offset: " + offset,
            "Content-Length: " + length
        };
        String[] lines = java.util.stream.Stream.concat(java.util.Arrays.stream(head), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        client.send(lines);
        client.write(beginning);
        Futures.until(() -> Future.succeededFuture(file(location).toFile().length() == offset + beginning.length()));
        return client;
    }

    private java.nio.file.Path file(String location) {
        return server.data.resolve("work/uploads/" + Tus.id(location) + ".part");
    }

    private String content(String location) {
        VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();
        return Futures.await(server.files.read(id, MediaFiles.SOURCE)).toString();
    }

    private static void isToldToGo(RawClient client) {
        assertThat(client.answer()).startsWith("HTTP/1.1 423 ").contains("\"code\":\"upload_taken_over\"");
    }
}
