package dev.rivulet.web;

import dev.rivulet.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.eventbus.bridge.tcp.BridgeEvent;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the clients of the event bus: answers requests and, when that is set, opens the TCP bridge. One per node. */
public final class BusDoorVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BusDoorVerticle.class);

    /** The longest answer is about a tenth of it. */
    private static final int MOST_UNSENT_BYTES = 1 << 20;

    private static final Duration LOOKS_APART = Duration.ofSeconds(1);
    private static final int MOST_LOOKS = 3;

    private final VideoRequests requests;
    private final String host;
    private final Settings.Tcp tcp;
    /** At how many looks in a row the queue of each client was full. */
    private final Map<NetSocket, Integer> behind = new HashMap<>();

    private @Nullable TcpEventBusBridge bridge;

    /** @param host address that the TCP bridge listens on */
    public BusDoorVerticle(VideoRequests requests, String host, Settings.Tcp tcp) {
        this.requests = requests;
        this.host = host;
        this.tcp = tcp;
    }

    @Override
    public Future<?> start() {
        Future<Void> serving = requests.serve(vertx);
        return tcp.enabled() ? serving.compose(served -> listen()) : serving;
    }

    @Override
    public Future<?> stop() {
        return bridge == null ? Future.succeededFuture() : bridge.close();
    }

    /** The bridge tells of what clients say, and of nothing that they are sent. */
    private void pass(BridgeEvent event) {
        NetSocket socket = event.socket();
        if (behind.putIfAbsent(socket, 0) == null) {
            socket.setWriteQueueMaxSize(MOST_UNSENT_BYTES);
            socket.closeHandler(closed -> behind.remove(socket));
        }
        event.complete(true);
    }

    /** A client that does not take what it is sent is let go. */
    private void look() {
        behind.replaceAll((socket, looks) -> socket.writeQueueFull() ? looks + 1 : 0);
        List<NetSocket> slow = behind.entrySet().stream()
                .filter(client -> client.getValue() >= MOST_LOOKS)
                .map(Map.Entry::getKey)
                .toList();
        slow.forEach(socket -> {
            LOG.info("a client of the event bus is too slow and let go address={}", socket.remoteAddress());
            behind.remove(socket);
            Cut.off(((NetSocketInternal) socket).channelHandlerContext());
        });
    }

    private Future<?> listen() {
        BridgeOptions options = new BridgeOptions();
        EventBusBridge.permit(options);
        TcpEventBusBridge created = TcpEventBusBridge.create(vertx, options, new NetServerOptions(), this::pass);
        bridge = created;
        vertx.setPeriodic(LOOKS_APART.toMillis(), timer -> look());
        return created.listen(tcp.port(), host)
                .onSuccess(open -> LOG.info("event bus open to TCP clients host={} port={}", host, tcp.port()));
    }
}
