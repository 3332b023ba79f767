package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Address;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.Update;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Promise;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProgressIT {
    private static WebFixture server;
    private static WebSocketClient client;

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        server = new WebFixture();
        client = server.vertx.createWebSocketClient();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void beginsWithASnapshotAndGoesOnInOrder() {
        VideoId id = create();
        say(id);
        connect("/videos/" + id + "/progress");
        JsonObject snapshot = next();
        assertThat(snapshot.getString("stage")).isEqualTo("snapshot");
        assertThat(snapshot.getLong("seq")).isEqualTo(1);
        assertThat(snapshot.getJsonObject("video").getString("id")).isEqualTo(id.toString());
        for (long seq = 2; seq <= 50; seq++) {
            say(id);
        }
        for (long seq = 2; seq <= 50; seq++) {
            assertThat(next().getLong("seq")).isEqualTo(seq);
        }
    }

    @Test
    void tellsWhatWasMissed() {
        VideoId id = create();
        for (int i = 0; i < 5; i++) {
            say(id);
        }
        connect("/videos/" + id + "/progress?after=3");
        assertThat(List.of(next().getLong("seq"), next().getLong("seq"))).containsExactly(4L, 5L);
        say(id);
        assertThat(next().getLong("seq")).isEqualTo(6);
    }

    @Test
    void beginsAnewForAClientThatKnowsTheFuture() {
        VideoId id = create();
        say(id);
        connect("/videos/" + id + "/progress?after=99");
        assertThat(next().getString("stage")).isEqualTo("snapshot");
    }

    @Test
    void mendsWhatTheBusLosesDoublesAndTurnsAround() {
        VideoId id = create();
        connect("/videos/" + id + "/progress");
        assertThat(next().getLong("seq")).isZero();
        Update lost = quietly(id);
        Update late = quietly(id);
        Update last = quietly(id);
        for (Update update : List.of(last, late, last, late)) {
            server.vertx.eventBus().publish(Address.EVENTS.of(id), update.body());
        }
        assertThat(List.of(next().getLong("seq"), next().getLong("seq"), next().getLong("seq")))
                .containsExactly(lost.seq(), late.seq(), last.seq());
        say(id);
        assertThat(next().getLong("seq")).isEqualTo(4);
    }

    @Test
    void tellsOfANewTitleAndOfTheEndAndClosesThen() {
        VideoId id = create();
        WebSocket socket = connect("/videos/" + id + "/progress");
        Promise<Short> closed = Promise.promise();
        socket.closeHandler(end -> closed.complete(socket.closeStatusCode()));
        assertThat(next().getString("stage")).isEqualTo("snapshot");
        server.send("PATCH", "/videos/" + id, "{\"title\":\"New\"}", "Content-Type", "application/json");
        JsonObject renamed = next();
        assertThat(List.of(renamed.getString("stage"), renamed.getString("title")))
                .containsExactly("renamed", "New");

        quietly(id);
        server.send("DELETE", "/videos/" + id, "");

        JsonObject deleted = next();
        assertThat(deleted.getString("stage")).isEqualTo("deleted");
        assertThat(deleted.getLong("seq")).isEqualTo(3);
        assertThat(Futures.await(closed.future())).isEqualTo((short) 1000);
    }

    @Test
    void tellsWhoComesBackThatTheVideoWasDeletedMeanwhile() {
        VideoId id = create();
        say(id);
        server.send("DELETE", "/videos/" + id, "");
        assertThat(refused("/videos/" + id + "/progress", null)).isEqualTo(404);
        assertThat(refused("/videos/" + id + "/progress?after=2", null)).isEqualTo(404);
        connect("/videos/" + id + "/progress?after=0");
        JsonObject deleted = next();
        assertThat(deleted.getString("stage")).isEqualTo("deleted");
        assertThat(deleted.getLong("seq")).isEqualTo(2);
    }

    @Test
    void letsAClientGoThatDoesNotTakeItsMessages() {
        VideoId id = create();
        try (RawClient slow = new RawClient(server.port)) {
            slow.send(
                    "GET /videos/" + id + "/progress HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(slow.comes("\"stage\":\"snapshot\"")).isTrue();
            String load = "x".repeat(100_000);
            for (long seq = 1; seq <= 500; seq++) {
                JsonObject update = new JsonObject().put("seq", seq).put("load", load);
                server.vertx.eventBus().publish(Address.EVENTS.of(id), update);
            }
            assertThat(slow.comes("too slow")).isTrue();
        }
    }

    @Test
    void refusesBeforeTheHandshake() {
        assertThat(refused("/videos/" + VideoId.random() + "/progress", null)).isEqualTo(404);
        assertThat(refused("/videos/nonsense/progress", null)).isEqualTo(404);
        assertThat(refused("/videos/" + create() + "/progress?after=-1", null)).isEqualTo(400);
        assertThat(refused("/videos/" + create() + "/progress", "http://evil.example"))
                .isEqualTo(403);
    }

    private static VideoId create() {
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        return video.id();
    }

    private static void say(VideoId id) {
        server.announce(id, Announcement.repeatable("uploading", null, Map.of("uploaded", 1)));
    }

    private static Update quietly(VideoId id) {
        return Futures.await(server.videos.announce(id, Announcement.repeatable("uploading", null, Map.of())))
                .orElseThrow();
    }

    private WebSocket connect(String path) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setURI(path);
        WebSocket socket = Futures.await(client.connect(options)
                .onSuccess(opened -> opened.textMessageHandler(text -> messages.add(new JsonObject(text)))));
        assertThat(socket).isNotNull();
        return socket;
    }

    private JsonObject next() {
        try {
            JsonObject message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int refused(String path, String origin) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setURI(path);
        if (origin != null) {
            options.addHeader("Origin", origin);
        }
        return ((UpgradeRejectedException) Futures.failure(client.connect(options))).getStatus();
    }
}
