package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site's page opens: browsers let any page open a WebSocket to a server on this machine. Programs
 * send no Origin and are let in.
 */
public final class SameOrigin implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext context) {
        if (allowed(context.request())) {
            context.next();
        } else {
            context.fail(new Fault(403, "foreign_origin", "Pages of another origin may not connect here."));
        }
    }

    private static boolean allowed(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        String authority = authority(origin);
        // No page can set X-Forwarded-Host; a proxy that renames the host does.
        String host = request.authority() == null ? null : request.authority().toString();
        return authority != null
                && (authority.equalsIgnoreCase(host)
                        || authority.equalsIgnoreCase(request.getHeader("X-Forwarded-Host")));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException notAnOrigin) {
            return null;
        }
    }
}
