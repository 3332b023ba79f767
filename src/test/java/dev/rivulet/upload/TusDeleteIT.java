package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DELETE /uploads/{id}, and other ends that nobody waited for. */
class TusDeleteIT {
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
    void nothingStays() {
        String fresh = tus.create(10);
        String begun = tus.create(10);
        tus.patch(begun, 0, "01234");
        String done = tus.create(5);
        tus.patch(done, 0, "01234");
        String part = tus.create(5, "Upload-Concat", "partial");
        String complete = tus.create(5, "Upload-Concat", "partial");
        tus.patch(complete, 0, "01234");
        for (String location : new String[] {fresh, begun, done, part, complete}) {
            assertThat(tus.send("DELETE", location, "").statusCode()).isEqualTo(204);
            refused(tus.head(location), 404, "upload_not_found");
            refused(tus.send("DELETE", location, ""), 404, "upload_not_found");
        }
        assertThat(server.rows()).isZero();
        assertThat(server.written()).isEmpty();
        refused(tus.send("DELETE", "/uploads/" + VideoId.random(), ""), 404, "upload_not_found");
        refused(server.send("DELETE", fresh, ""), 412, "unsupported_tus_version");
    }

    @Test
    void whatIsUnderWayEndsAtOnce() {
        String location = tus.create(1_000_000);
        try (RawClient client = begin(location)) {
            assertThat(tus.send("DELETE", location, "").statusCode()).isEqualTo(204);
            assertThat(client.answer()).startsWith("HTTP/1.1 409 ").contains("\"code\":\"video_deleted\"");
        }
        assertThat(server.written()).isEmpty();
        assertThat(server.rows()).isZero();
    }

    @Test
    void theVideosDeletionEndsTheUploadToo() {
        String location = tus.create(1_000_000);
        try (RawClient client = begin(location)) {
            assertThat(server.send("DELETE", "/videos/" + Tus.id(location), "").statusCode())
                    .isEqualTo(204);
            assertThat(client.answer()).startsWith("HTTP/1.1 409 ").contains("\"code\":\"video_deleted\"");
        }
        String paused = tus.create(10);
        tus.patch(paused, 0, "01234");
        assertThat(server.send("DELETE", "/videos/" + Tus.id(paused), "").statusCode())
                .isEqualTo(204);
        Futures.until(() -> Future.succeededFuture(server.written().isEmpty()));
        refused(tus.head(paused), 404, "upload_not_found");
    }

    @Test
    void aCancelLeavesTheRecordAlone() {
        String location = tus.create(1_000_000);
        try (RawClient client = begin(location)) {
            assertThat(server.send("POST", "/videos/" + Tus.id(location) + "/cancel", "")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(client.answer()).startsWith("HTTP/1.1 409 ").contains("\"code\":\"video_deleted\"");
        }
        Futures.until(() -> Future.succeededFuture(server.written().isEmpty()));
        assertThat(tus.status(location)).isEqualTo("CANCELLED");
    }

    /** Sends a beginning and waits until it is written. */
    private RawClient begin(String location) {
        RawClient client = new RawClient(server.port);
        client.send(
                "PATCH " + location + " HTTP/1.1",
                "Host: x",
                "Tus-Resumable: 1.0.0",
                "Content-Type: " + Tus.BODY,
                "Upload-Offset: 0",
                "Content-Length: 1000000");
        client.write("x".repeat(3000));
        Futures.until(() -> Future.succeededFuture(server.data
                        .resolve("work/uploads/" + Tus.id(location) + ".part")
                        .toFile()
                        .length()
                == 3000));
        return client;
    }
}
