package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.WebFixture;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.backends.BackendRegistries;
import io.vertx.sqlclient.SqlConnection;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A video that is cancelled or deleted while its bytes arrive. */
class UnwantedUploadIT {
    private WebFixture server;

    @BeforeEach
    void open() {
        server = new WebFixture();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aCancelEndsTheUploadAtOnceAndStaysOnRecord() {
        try (RawClient client = new RawClient(server.port)) {
            String id = begin(client);
            JsonObject cancelled = new JsonObject(
                    server.send("POST", "/videos/" + id + "/cancel", "").body());
            assertThat(cancelled.getString("status")).isEqualTo("CANCELLED");
            isToldAtOnce(client);
            assertThat(new JsonObject(server.get("/videos/" + id).body()).getString("status"))
                    .isEqualTo("CANCELLED");
        }
        nothingIsLeft();
        assertThat(server.rows()).isEqualTo(1);
    }

    @Test
    void aDeletionEndsTheUploadAtOnce() {
        try (RawClient client = new RawClient(server.port)) {
            String id = begin(client);
            assertThat(server.send("DELETE", "/videos/" + id, "").statusCode()).isEqualTo(204);
            isToldAtOnce(client);
        }
        nothingIsLeft();
        assertThat(server.rows()).isZero();
    }

    @Test
    void othersAreReceivedOn() {
        String body = new Form().file("film.mp4", "not really a film").body();
        try (RawClient client = new RawClient(server.port);
                RawClient other = new RawClient(server.port)) {
            String id = begin(client);
            head(other, body.length());
            other.write(body.substring(0, body.length() - 5));
            Futures.until(() -> Future.succeededFuture(server.rows() == 2));
            assertThat(server.send("DELETE", "/videos/" + id, "").statusCode()).isEqualTo(204);
            isToldAtOnce(client);
            other.write(body.substring(body.length() - 5));
            assertThat(other.answer()).startsWith("HTTP/1.1 202 ");
        }
    }

    /** What has arrived of its body would be handed to us all the same, but never an end. */
    @Test
    void aClientThatIsGoneBeforeItIsLetInLeavesNothing() {
        SqlConnection connection = server.connection();
        Futures.await(connection.begin().compose(begun -> connection
                .query("LOCK TABLE videos IN ACCESS EXCLUSIVE MODE")
                .execute()));
        double before = connections();
        try (RawClient client = new RawClient(server.port)) {
            Futures.until(() -> Future.succeededFuture(connections() == before + 1));
            head(client, 1_000_000);
            client.write(new Form().file("gone.mp4", "x".repeat(5000)).body().substring(0, 3000));
            Futures.until(() -> Future.succeededFuture(waiting(connection)));
        }
        Futures.until(() -> Future.succeededFuture(connections() <= before));
        Futures.await(connection.query("COMMIT").execute());
        Futures.await(connection.close());

        assertThat(server.upload(new Form().file("next.mp4", "bytes")).statusCode())
                .isEqualTo(202);
        assertThat(server.rows()).isEqualTo(1);
        assertThat(server.written()).hasSize(1);
    }

    /** Connections to the server, as it counts them. */
    private static double connections() {
        return Objects.requireNonNull(BackendRegistries.getDefaultNow())
                .find("vertx.http.server.active.connections")
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static boolean waiting(SqlConnection connection) {
        return Futures.await(connection
                                .query("SELECT count(*) AS number FROM pg_locks WHERE NOT granted")
                                .execute())
                        .iterator()
                        .next()
                        .getLong("number")
                > 0;
    }

    /** Sends the beginning of an upload that never ends; its video. */
    private String begin(RawClient client) {
        head(client, 1_000_000);
        client.write(new Form().file("film.mp4", "x".repeat(5000)).body().substring(0, 3000));
        Futures.until(() -> Future.succeededFuture(server.rows() == 1));
        return new JsonObject(server.get("/videos?status=UPLOADING").body())
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
    }

    private static void head(RawClient client, int length) {
        client.send(
                "POST /videos/upload HTTP/1.1", "Host: x", "Content-Type: " + Form.TYPE, "Content-Length: " + length);
    }

    private static void isToldAtOnce(RawClient client) {
        assertThat(client.answer())
                .startsWith("HTTP/1.1 409 ")
                .containsIgnoringCase("connection: close")
                .contains("\"code\":\"video_deleted\"");
    }

    private void nothingIsLeft() {
        assertThat(server.written()).isEmpty();
        assertThat(server.commands).noneMatch(SegmentVideo.class::isInstance);
    }
}
