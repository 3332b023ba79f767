package dev.rivulet.web;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sockets of the event-bus bridge. A client that does not take what it is sent is let go, as is everybody when the
 * server is being stopped. The bridge itself looks at neither.
 */
final class BridgeSockets implements Handler<BridgeEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeSockets.class);

    /** What may be on its way to one client; the longest answer is about a tenth of it. */
    private static final long MOST_UNSENT_BYTES = 1 << 20;

    private static final int TRY_AGAIN_LATER = 1013;

    /** So long a client has to take what is left, and why it is let go. */
    private static final Duration TO_HEAR_WHY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Leaving leaving;
    private final Map<SockJSSocket, Open> open = new ConcurrentHashMap<>();

    private record Open(Runnable sendAway, AtomicLong unsent) {}

    BridgeSockets(Vertx vertx, Leaving leaving) {
        this.vertx = vertx;
        this.leaving = leaving;
    }

    @Override
    public void handle(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED) {
            created(event.socket());
        } else if (event.type() == BridgeEventType.SOCKET_CLOSED) {
            gone(event.socket());
        } else if (event.type() == BridgeEventType.SOCKET_ERROR) {
            // Not gone yet: that is told next. The bridge's own log calls it an error, and is off.
            LOG.debug(
                    "connection to the event bus broke off: {}",
                    event.getRawMessage().getString("message"));
        }
        boolean outgoing = event.type() == BridgeEventType.RECEIVE;
        if (outgoing) {
            send(event);
        }
        // Here we send ourselves: the bridge would not tell when it is done.
        event.complete(!outgoing);
    }

    private void created(SockJSSocket socket) {
        Context context = vertx.getOrCreateContext();
        Runnable sendAway = () -> context.runOnContext(now -> socket.close(Leaving.SERVICE_RESTART, Leaving.RESTART));
        open.put(socket, new Open(sendAway, new AtomicLong()));
        leaving.watching(sendAway);
    }

    private void gone(SockJSSocket socket) {
        Open gone = open.remove(socket);
        if (gone != null) {
            leaving.gone(gone.sendAway());
        }
    }

    private void send(BridgeEvent event) {
        SockJSSocket socket = event.socket();
        Open to = open.get(socket);
        if (to == null) {
            return;
        }
        Buffer message = event.getRawMessage().toBuffer();
        if (to.unsent().addAndGet(message.length()) > MOST_UNSENT_BYTES) {
            gone(socket);
            HttpConnection connection = socket.routingContext().request().connection();
            socket.close(TRY_AGAIN_LATER, "too slow");
            vertx.setTimer(TO_HEAR_WHY.toMillis(), over -> Cut.off(connection));
            return;
        }
        socket.write(message).onFailure(Answer::gone).onComplete(done -> to.unsent()
                .addAndGet(-message.length()));
    }
}
