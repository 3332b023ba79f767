package dev.rivulet.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * The rest of a body that was refused. Closing at once would reset the connection, and the client would lose the answer
 * that says why; so a little more is read and thrown away (RFC 9112, 9.6).
 */
final class UnreadBody {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private UnreadBody() {}

    /** Whether more of a body is to come. */
    static boolean expected(HttpServerRequest request) {
        if (request.isEnded()) {
            return false;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null : !length.equals("0");
    }

    /** To be called before the answer is sent. */
    static void announceClose(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** To be called after the answer was sent. */
    static void discard(HttpServerRequest request) {
        Vertx vertx = Vertx.currentContext().owner();
        long timer = vertx.setTimer(PATIENCE.toMillis(), passed -> close(request));
        request.handler(null);
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            close(request);
        });
        request.resume();
    }

    private static void close(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            // NO_ERROR, RFC 9113, 8.1: only this stream ends, the connection stays.
            request.response().reset(0);
        } else {
            request.connection().close().onFailure(Answer::gone);
        }
    }
}
