package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.ValidatableRequest;
import org.jspecify.annotations.Nullable;

/** Small bodies, read whole within a limit; uploads never come here. */
final class RequestBodies {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String JSON = "application/json";

    private RequestBodies() {}

    /** What vertx-openapi checks of a request. */
    static Future<ValidatableRequest> extract(RoutingContext context, Operation operation) {
        HttpServerRequest request = context.request();
        if (operation.getRequestBody() == null) {
            // Checking leaves this thread; an end that nobody waits for would be lost on a WebSocket handshake.
            request.pause();
            return RequestUtils.extract(request, operation);
        }
        if (!operation.getRequestBody().isRequired() && empty(request)) {
            return RequestUtils.extract(request, operation, () -> Future.succeededFuture(Buffer.buffer()));
        }
        if (!JSON.equals(mediaType(request))) {
            context.response().putHeader(HttpHeaders.ACCEPT, JSON);
            return Future.failedFuture(
                    new Fault(415, "unsupported_media_type", "The body must be of the type " + JSON + "."));
        }
        return read(request)
                .compose(body -> RequestUtils.extract(request, operation, () -> Future.succeededFuture(body)));
    }

    /** The media type without its parameters, in lower case; null when there is none. */
    static @Nullable String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** RFC 9112, 6.3: without these headers there is no body. */
    private static boolean empty(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null
                && (length == null || length.strip().equals("0"));
    }

    private static Future<Buffer> read(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(bytes -> {
            if (body.length() + bytes.length() > MOST_BYTES) {
                request.handler(null);
                whole.tryFail(new Fault(413, "body_too_large", "The body must not exceed " + MOST_BYTES + " bytes."));
            } else {
                body.appendBuffer(bytes);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue().onFailure(whole::tryFail);
        }
        return whole.future();
    }
}
