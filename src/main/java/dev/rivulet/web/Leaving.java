package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * That the server is being stopped, and what its clients notice of it: answers say that the connection will be closed,
 * readiness is denied, new uploads and watchers are refused. One per node, for all event loops.
 */
public final class Leaving implements Routes {
    /** Of the registry of RFC 6455's close codes: the client may come back. */
    static final short SERVICE_RESTART = 1012;

    static final String RESTART = "service restart";
    private static final String SOON = "5";

    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;

    /** Sends all watchers away. From any thread. */
    public void begin() {
        begun = true;
        watchers.forEach(Runnable::run);
    }

    /** Whether the server is being stopped. */
    public boolean begun() {
        return begun;
    }

    /** What is refused while the server is being stopped. */
    public static Fault refusal() {
        return new Fault(503, "stopping", "The server is being stopped; try again in a moment.");
    }

    /** Remembers how to send a watcher away; who comes late is sent away at once. */
    void watching(Runnable sendAway) {
        watchers.add(sendAway);
        if (begun) {
            sendAway.run();
        }
    }

    /** Forgets a watcher who has gone. */
    void gone(Runnable sendAway) {
        watchers.remove(sendAway);
    }

    @Override
    public void mount(Router router) {
        router.route().order(-2).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        boolean upgrade = "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
        if (begun && upgrade) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, SOON);
            context.fail(refusal());
            return;
        }
        if (!upgrade && context.request().version() != HttpVersion.HTTP_2) {
            context.addHeadersEndHandler(head -> {
                if (begun) {
                    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                }
            });
        }
        context.next();
    }
}
