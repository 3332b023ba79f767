package dev.rivulet.web;

import dev.rivulet.bus.Address;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;

/** The event bus for browsers, at {@code /eventbus}: updates go out, requests come in, nothing else passes. */
public final class EventBusBridge implements Routes {
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final int MOST_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Leaving leaving;

    /** A bridge to the bus of {@code vertx}. */
    public EventBusBridge(Vertx vertx, Leaving leaving) {
        this.vertx = vertx;
        this.leaving = leaving;
    }

    @Override
    public void mount(Router router) {
        SockJSHandler sockjs = SockJSHandler.create(vertx, new SockJSHandlerOptions().setInsertJSESSIONID(false));
        SockJSBridgeOptions options =
                new SockJSBridgeOptions().setMaxHandlersPerSocket(200).setMaxAddressLength(100);
        permit(options);
        router.route("/eventbus/*").handler(new SameOrigin());
        // Where a proxy lets no WebSocket through, SockJS sends by POST.
        router.post("/eventbus/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
        router.route("/eventbus/*").subRouter(sockjs.bridge(options, new BridgeSockets(vertx, leaving)));
    }

    /** What may pass every bridge. */
    static void permit(BridgeOptions options) {
        options.addInboundPermitted(new PermittedOptions().setAddress(Address.VIDEOS.text()));
        options.addOutboundPermitted(new PermittedOptions().setAddress(Address.EVENTS.text()));
        options.addOutboundPermitted(
                new PermittedOptions().setAddressRegex(Address.EVENTS.text().replace(".", "\\.") + "\\." + ID));
    }
}
