package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Address;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.NewVideo;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The event bus as browsers and other JVMs see it. */
class BridgeIT {
    private static WebFixture server;
    /** A client that nobody holds is closed by the garbage collector. */
    private static WebSocketClient client;

    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        server = new WebFixture();
        // Left to itself, the system may take tens of megabytes for a client that reads nothing.
        client = server.vertx.createWebSocketClient(new WebSocketClientOptions().setReceiveBufferSize(64 << 10));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void letsUpdatesOut() {
        VideoId id = create();
        WebSocket socket = connect();
        say(socket, "register", Address.EVENTS.text(), null);
        say(socket, "register", Address.EVENTS.of(id), null);
        say(socket, "send", Address.VIDEOS.text(), new JsonObject().put("action", "list"));
        assertThat(next().getJsonObject("body").containsKey("items")).isTrue();
        server.announce(id, Announcement.repeatable("uploading", null, Map.of("uploaded", 5)));
        assertThat(next().getJsonObject("body").getInteger("uploaded")).isEqualTo(5);
        assertThat(next().getJsonObject("body").getString("videoId")).isEqualTo(id.toString());
    }

    @Test
    void tellsOfNewTitlesAndOfDeletions() {
        VideoId id = create();
        WebSocket socket = connect();
        say(socket, "register", Address.EVENTS.of(id), null);
        say(socket, "send", Address.VIDEOS.text(), new JsonObject().put("action", "list"));
        assertThat(next().getJsonObject("body").containsKey("items")).isTrue();
        server.send("PATCH", "/videos/" + id, "{\"description\":\"words\"}", "Content-Type", "application/json");
        JsonObject renamed = next().getJsonObject("body");
        assertThat(renamed.getString("stage")).isEqualTo("renamed");
        assertThat(renamed.getString("description")).isEqualTo("words");

        server.send("DELETE", "/videos/" + id, "");

        JsonObject deleted = next().getJsonObject("body");
        assertThat(deleted.getString("stage")).isEqualTo("deleted");
        assertThat(deleted.getLong("seq")).isEqualTo(renamed.getLong("seq") + 1);
    }

    @Test
    void answersRequests() {
        VideoId id = create();
        WebSocket socket = connect();
        say(
                socket,
                "send",
                Address.VIDEOS.text(),
                new JsonObject().put("action", "get").put("id", id.toString()));
        assertThat(next().getJsonObject("body").getString("id")).isEqualTo(id.toString());
        say(
                socket,
                "send",
                Address.VIDEOS.text(),
                new JsonObject().put("action", "get").put("id", "nonsense"));
        JsonObject refusal = next();
        assertThat(refusal.getInteger("failureCode")).isEqualTo(404);
        assertThat(new JsonObject(refusal.getString("message")).getString("code"))
                .isEqualTo("video_not_found");
    }

    @Test
    void cancelsAndRetries() {
        VideoId id = create();
        WebSocket socket = connect();
        say(socket, "send", Address.VIDEOS.text(), order("cancel", id));
        assertThat(next().getJsonObject("body").getString("status")).isEqualTo("CANCELLED");
        assertThat(Futures.await(server.videos.find(id)).orElseThrow().status()).isEqualTo(VideoStatus.CANCELLED);
        say(socket, "send", Address.VIDEOS.text(), order("cancel", id));
        assertThat(next().getJsonObject("body").getString("status")).isEqualTo("CANCELLED");
        Futures.await(server.videos.tidied(id, VideoStatus.CANCELLED));
        say(socket, "send", Address.VIDEOS.text(), order("retry", id));
        JsonObject refusal = next();
        assertThat(refusal.getInteger("failureCode")).isEqualTo(409);
        assertThat(new JsonObject(refusal.getString("message")).getString("code"))
                .isEqualTo("not_retryable");
        say(socket, "send", Address.VIDEOS.text(), order("retry", id).put("quality", "999p"));
        assertThat(new JsonObject(next().getString("message")).getString("code"))
                .isEqualTo("invalid_quality");
    }

    private static JsonObject order(String action, VideoId id) {
        return new JsonObject().put("action", action).put("id", id.toString());
    }

    @Test
    void letsNothingElsePass() {
        WebSocket socket = connect();
        for (String address : new String[] {
            Address.SEGMENT_VIDEO.text(),
            Address.PUBLISH_UPLOAD.text(),
            "rivulet.events.x",
            "rivulet.eventsx",
            "vertx.test"
        }) {
            say(socket, "send", address, new JsonObject());
            assertThat(next().getString("body")).as(address).isEqualTo("access_denied");
            say(socket, "register", address, null);
            assertThat(next().getString("body")).as(address).isEqualTo("access_denied");
        }
        say(socket, "publish", Address.EVENTS.text(), new JsonObject());
        assertThat(next().getString("body")).isEqualTo("access_denied");
        assertThat(server.commands).isEmpty();
    }

    @Test
    void letsAClientGoThatDoesNotTakeItsMessages() {
        for (String path : List.of("/eventbus/websocket", "/eventbus/000/notaking/websocket")) {
            VideoId id = VideoId.random();
            String address = Address.EVENTS.of(id);
            JsonObject register = new JsonObject().put("type", "register").put("address", address);
            String said = path.endsWith("/notaking/websocket")
                    ? new JsonArray().add(register.encode()).encode()
                    : register.encode();
            WebSocket socket = Futures.await(client.connect(options(path)));
            Futures.await(socket.writeTextMessage(said));
            Futures.until(() -> nobodyHears(address).map(nobody -> !nobody));
            socket.pause();
            JsonObject load = new JsonObject().put("load", "x".repeat(100_000));
            for (int i = 0; i < 500; i++) {
                server.vertx.eventBus().publish(address, load);
            }
            Futures.until(() -> nobodyHears(address));
        }
    }

    private static Future<Boolean> nobodyHears(String address) {
        return server.vertx
                .eventBus()
                .request(address, new JsonObject(), new DeliveryOptions().setSendTimeout(200))
                .map(false)
                .recover(failure ->
                        Future.succeededFuture(((ReplyException) failure).failureType() == ReplyFailure.NO_HANDLERS));
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        assertThat(server.get("/eventbus/info", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(server.get("/eventbus/info").statusCode()).isEqualTo(200);
    }

    @Test
    void namesWhatIsWrongWithARequest() {
        for (JsonObject request : new JsonObject[] {
            new JsonObject(),
            new JsonObject().put("action", "format"),
            new JsonObject().put("action", 1),
            new JsonObject().put("action", "get"),
            new JsonObject().put("action", "list").put("limit", 1000),
            new JsonObject().put("action", "list").put("status", "DONE"),
            new JsonObject().put("action", "list").put("q", "x".repeat(201)),
            new JsonObject().put("action", "list").put("after", "nonsense"),
        }) {
            ReplyException refusal =
                    (ReplyException) Futures.failure(server.vertx.eventBus().request(Address.VIDEOS.text(), request));
            assertThat(refusal.failureCode()).as(request.encode()).isEqualTo(400);
            assertThat(new JsonObject(refusal.getMessage()).getString("code")).startsWith("invalid_");
        }
        Object list = Futures.await(
                        server.vertx.eventBus().request(Address.VIDEOS.text(), new JsonObject().put("action", "list")))
                .body();
        assertThat(((JsonObject) list).containsKey("items")).isTrue();
    }

    private static VideoId create() {
        NewVideo video = Samples.video();
        Futures.await(server.videos.create(video));
        return video.id();
    }

    private WebSocket connect() {
        return Futures.await(client.connect(options("/eventbus/websocket"))
                .onSuccess(socket -> socket.handler(text -> heard.add(text.toJsonObject()))));
    }

    private static WebSocketConnectOptions options(String path) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setURI(path);
    }

    private static void say(WebSocket socket, String type, String address, JsonObject body) {
        JsonObject message = new JsonObject().put("type", type).put("address", address);
        if (body != null) {
            message.put("body", body);
        }
        if (type.equals("send")) {
            message.put("replyAddress", "reply-1");
        }
        Futures.await(socket.writeTextMessage(message.encode()));
    }

    private JsonObject next() {
        try {
            JsonObject message = heard.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
