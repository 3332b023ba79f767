package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.bus.Address;
import dev.rivulet.config.Settings;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameHelper;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameParser;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class TcpBridgeIT {
    @Test
    void answersRequestsAndRefusesOtherAddresses() {
        Vertx vertx = Vertx.vertx();
        int port = TestServers.freePort();
        VideoRequests requests = new VideoRequests(new VideoDesk(null, null, null), wish -> null);
        Futures.await(vertx.deployVerticle(new BusDoorVerticle(requests, "127.0.0.1", new Settings.Tcp(true, port))));
        // Held: a client that nobody holds is closed by the garbage collector.
        NetClient client = vertx.createNetClient();
        NetSocket socket = Futures.await(client.connect(port, "127.0.0.1"));

        JsonObject refusal = Futures.await(ask(socket, Address.VIDEOS.text()));
        assertThat(refusal.getInteger("failureCode")).isEqualTo(400);
        assertThat(refusal.getString("message")).contains("invalid_action");
        assertThat(Futures.await(ask(socket, Address.SEGMENT_VIDEO.text())).getString("message"))
                .isEqualTo("access_denied");
        Futures.await(client.close());
        Futures.await(vertx.close());
    }

    @Test
    void letsAClientGoThatDoesNotTakeWhatItIsSent() throws IOException {
        Vertx vertx = Vertx.vertx();
        int port = TestServers.freePort();
        VideoRequests requests = new VideoRequests(new VideoDesk(null, null, null), wish -> null);
        Futures.await(vertx.deployVerticle(new BusDoorVerticle(requests, "127.0.0.1", new Settings.Tcp(true, port))));
        NetClient client = vertx.createNetClient();
        NetSocket good = Futures.await(client.connect(port, "127.0.0.1"));
        Promise<Void> heard = Promise.promise();
        good.handler(new FrameParser(frame -> {
            if ("last".equals(frame.result().getValue("body"))) {
                heard.tryComplete();
            }
        }));
        FrameHelper.sendFrame("register", Address.EVENTS.text(), null, new JsonObject(), good);
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(64 << 10);
            slow.connect(new InetSocketAddress("127.0.0.1", port));
            DataOutputStream out = new DataOutputStream(slow.getOutputStream());
            say(out, new JsonObject().put("type", "register").put("address", Address.EVENTS.text()));
            long timer =
                    vertx.setPeriodic(50, tick -> vertx.eventBus().publish(Address.EVENTS.text(), "x".repeat(200_000)));
            // Says something now and then, until nobody is there.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 3_000; i++) {
                            say(out, new JsonObject().put("type", "ping"));
                            Futures.await(vertx.timer(10));
                        }
                    })
                    .isInstanceOf(SocketException.class);
            vertx.cancelTimer(timer);
        }
        vertx.eventBus().publish(Address.EVENTS.text(), "last");
        Futures.await(heard.future());
        Futures.await(client.close());
        Futures.await(vertx.close());
    }

    private static void say(DataOutputStream out, JsonObject what) throws IOException {
        byte[] frame = what.toBuffer().getBytes();
        out.writeInt(frame.length);
        out.write(frame);
    }

    private static Future<JsonObject> ask(NetSocket socket, String address) {
        Promise<JsonObject> answer = Promise.promise();
        socket.handler(new FrameParser(frame -> answer.tryComplete(frame.result())));
        FrameHelper.sendFrame("send", address, "reply-1", new JsonObject(), socket);
        return answer.future();
    }
}
