package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static Future<JsonObject> ask(NetSocket socket, String address) {
        Promise<JsonObject> answer = Promise.promise();
        socket.handler(new FrameParser(frame -> answer.tryComplete(frame.result())));
        FrameHelper.sendFrame("send", address, "reply-1", new JsonObject(), socket);
        return answer.future();
    }
}
