package dev.rivulet.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of text. They are compressed here and not by the server, because a server that compresses sends no file without
 * copying it.
 */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final int WORTH_COMPRESSING = 1024;

    private Answer() {}

    /** Answers with {@code body} and the status 200. */
    public static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** Answers that what was asked is being done. */
    static void accepted(RoutingContext context, JsonObject body) {
        json(context, 202, body);
    }

    /** Answers with {@code body}, which is never kept by a cache. */
    public static void json(RoutingContext context, int status, JsonObject body) {
        context.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        text(context, "application/json; charset=utf-8", body.toBuffer());
    }

    /** Answers with text of any kind, compressed when that is worth it and wanted. */
    static void text(RoutingContext context, String contentType, Buffer body) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (compresses(context.request(), body.length())) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            end(context, gzip(body));
        } else {
            end(context, body);
        }
    }

    /** Whether {@link #text} will compress a body of that length. */
    static boolean compresses(HttpServerRequest request, long length) {
        request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return length >= WORTH_COMPRESSING && accepted != null && acceptsGzip(accepted);
    }

    /** Sends a body as it is, or its length alone to HEAD. */
    static void end(RoutingContext context, Buffer body) {
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            context.response().end().onFailure(Answer::gone);
        } else {
            context.response().end(body).onFailure(Answer::gone);
        }
    }

    /** The client went away before it had everything. */
    static void gone(Throwable failure) {
        LOG.debug("answer not delivered: {}", failure.getMessage());
    }

    static boolean acceptsGzip(String accepted) {
        for (String coding : accepted.split(",")) {
            String[] parts = coding.strip().split(";");
            if (parts[0].strip().equalsIgnoreCase("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    static Buffer gzip(Buffer body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(compressed.toByteArray());
    }
}
