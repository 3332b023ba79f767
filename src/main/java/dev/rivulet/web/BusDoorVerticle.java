package dev.rivulet.web;

import dev.rivulet.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.eventbus.bridge.tcp.BridgeEvent;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the clients of the event bus: answers requests and, when that is set, opens the TCP bridge. One per node. */
public final class BusDoorVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BusDoorVerticle.class);

    /** The longest answer is about a tenth of it. */
    private static final int MOST_UNSENT_BYTES = 1 << 20;

    private final VideoRequests requests;
    private final String host;
    private final Settings.Tcp tcp;
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

    /** A client that does not take what it is sent is let go. */
    private static void pass(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED) {
            event.socket().setWriteQueueMaxSize(MOST_UNSENT_BYTES);
        }
        boolean behind =
                event.type() == BridgeEventType.RECEIVE && event.socket().writeQueueFull();
        if (behind) {
            event.socket().close().onFailure(Answer::gone);
        }
        event.complete(!behind);
    }

    private Future<?> listen() {
        BridgeOptions options = new BridgeOptions();
        EventBusBridge.permit(options);
        TcpEventBusBridge created =
                TcpEventBusBridge.create(vertx, options, new NetServerOptions(), BusDoorVerticle::pass);
        bridge = created;
        return created.listen(tcp.port(), host)
                .onSuccess(open -> LOG.info("event bus open to TCP clients host={} port={}", host, tcp.port()));
    }
}
