package dev.rivulet.web;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Objects;

/** What a request says, after it was checked against the description. */
public final class Checked {
    private Checked() {}

    /** A parameter that the description knows; its value is null when the request does not have it. */
    static RequestParameter query(RoutingContext context, String name) {
        return Objects.requireNonNull(request(context).getQuery().get(name), name);
    }

    /** The body, which is an object. */
    public static JsonObject body(RoutingContext context) {
        return request(context).getBody().getJsonObject();
    }

    /** An empty object when the request has no body. */
    static JsonObject optionalBody(RoutingContext context) {
        RequestParameter body = request(context).getBody();
        return body == null || body.isNull() || body.isEmpty() ? new JsonObject() : body.getJsonObject();
    }

    private static ValidatedRequest request(RoutingContext context) {
        return context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
    }
}
