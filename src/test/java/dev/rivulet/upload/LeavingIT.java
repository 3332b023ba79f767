package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.store.NewVideo;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients notice when the server is stopped. */
class LeavingIT {
    private static final short RESTART = 1012;

    private WebFixture server;
    private WebSocketClient sockets;

    @BeforeEach
    void open() {
        server = new WebFixture();
        sockets = server.vertx.createWebSocketClient();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anUploadUnderWayIsReceivedToItsEnd() {
        String body = new Form().file("film.mp4", "not really a film").body();
        try (RawClient client = new RawClient(server.port)) {
            begin(client, body.length());
            Future<Void> left = server.leave();
            Futures.until(() -> server.vertx
                    .createNetClient()
                    .connect(server.port, "127.0.0.1")
                    .map(false)
                    .recover(refused -> Future.succeededFuture(refused instanceof ConnectException)));
            client.write(body.substring(100));
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 202 ")
                    .containsIgnoringCase("connection: close")
                    .contains("\"status\":\"PROCESSING\"");
            assertThat(client.line()).isEqualTo("null");
            Futures.await(left);
        }
        assertThat(server.rows()).isEqualTo(1);
        assertThat(server.commands).filteredOn(SegmentVideo.class::isInstance).hasSize(1);
    }

    @Test
    void anUploadThatCannotEndInTimeIsToldAndLeavesNothing() {
        try (RawClient client = new RawClient(server.port)) {
            begin(client, 1_000_000);
            Future<Void> left = server.leave();
            server.uploads.breakOff();
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("connection: close")
                    .containsIgnoringCase("retry-after: 5")
                    .contains("\"code\":\"stopping\"");
            Futures.await(left);
        }
        assertThat(server.rows()).isZero();
        assertThat(server.written()).isEmpty();
        assertThat(server.commands).noneMatch(SegmentVideo.class::isInstance);
    }

    @Test
    void idleConnectionsAreClosedAtOnce() {
        try (RawClient client = new RawClient(server.port)) {
            client.send("GET /health/live HTTP/1.1", "Host: 127.0.0.1");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");
            Futures.await(server.leave());
            assertThat(client.line()).isEqualTo("null");
        }
    }

    @Test
    void watchersAreSentAwayToComeBack() {
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        Future<Short> watcher = closed("/videos/" + video.id() + "/progress");
        Future<Short> listener = closed("/eventbus/websocket");
        // SockJS has a word of its own for that.
        Promise<String> hello = Promise.promise();
        Promise<String> goodbye = Promise.promise();
        Futures.await(sockets.connect(options("/eventbus/000/abcdefgh/websocket"))
                .onSuccess(socket ->
                        socket.textMessageHandler(text -> (text.startsWith("c") ? goodbye : hello).tryComplete(text))));
        assertThat(Futures.await(hello.future())).isEqualTo("o");
        Futures.await(server.leave());
        assertThat(Futures.await(watcher)).isEqualTo(RESTART);
        assertThat(Futures.await(listener)).isEqualTo(RESTART);
        assertThat(Futures.await(goodbye.future())).isEqualTo("c[3000,\"Go away!\"]");
    }

    @Test
    void whoStillAsksHearsThatItStops() {
        server.leaving.begin();
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(ready.body()).getMap()).isEqualTo(Map.of("status", "STOPPING"));
        try (RawClient client = new RawClient(server.port)) {
            client.send("GET /health/live HTTP/1.1", "Host: 127.0.0.1");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        }
        assertThat(server.get("/videos").statusCode()).isEqualTo(200);

        HttpResponse<String> refused = server.upload(new Form().file("film.mp4", "bytes"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
        assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("stopping");
        assertThat(server.rows()).isZero();
        assertThat(Futures.failure(sockets.connect(options("/eventbus/websocket"))))
                .hasMessageContaining("503");
    }

    private static void begin(RawClient client, int length) {
        client.send(
                "POST /videos/upload HTTP/1.1",
                "Host: 127.0.0.1",
                "Content-Type: " + Form.TYPE,
                "Content-Length: " + length,
                "Expect: 100-continue");
        assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.line()).isEmpty();
        client.write(new Form().file("film.mp4", "not really a film").body().substring(0, 100));
    }

    /** Opens a socket; gives the code that it is closed with. */
    private Future<Short> closed(String path) {
        Promise<Short> code = Promise.promise();
        Futures.await(sockets.connect(options(path))
                .onSuccess(socket -> socket.closeHandler(gone -> code.complete(socket.closeStatusCode()))));
        return code.future();
    }

    private WebSocketConnectOptions options(String path) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setURI(path);
    }
}
