package dev.rivulet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of {@code webroot} in the jar, read and compressed once. */
final class Assets {
    /** Every part of a name begins with a letter or digit, so that there is no way up or into hidden files. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.@-]*/)*[A-Za-z0-9][A-Za-z0-9_.@-]*");

    private static final int LONGEST_NAME = 200;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private final Vertx vertx;
    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    Assets(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A file as it is sent. */
    private record Asset(String type, String tag, Buffer plain, @Nullable Buffer gzipped) {}

    /** Sends a file; false when there is none. */
    Future<Boolean> send(RoutingContext context, String name) {
        Asset asset = known.get(name);
        if (asset != null) {
            return send(context, asset);
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(() -> load(name), false)
                .compose(found -> found.map(loaded -> send(context, loaded)).orElse(Future.succeededFuture(false)));
    }

    private Future<Boolean> send(RoutingContext context, Asset asset) {
        HttpServerRequest request = context.request();
        boolean gzip = asset.gzipped() != null
                && Answer.compresses(request, asset.plain().length());
        // No file has a version in its name: each is asked for again, and mostly answered with 304.
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, gzip ? EntityTag.weak(asset.tag()) : asset.tag());
        if (EntityTag.matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), asset.tag())) {
            context.response().setStatusCode(304).end().onFailure(Answer::gone);
            return Future.succeededFuture(true);
        }
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
        if (gzip) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answer.end(context, gzip && asset.gzipped() != null ? asset.gzipped() : asset.plain());
        return Future.succeededFuture(true);
    }

    /** Sends a small page with something put into it; fails when there is none. */
    Future<Boolean> send(RoutingContext context, String name, UnaryOperator<String> filled) {
        Asset page = known.get(name);
        return page != null
                ? send(
                        context,
                        made(name, Buffer.buffer(filled.apply(page.plain().toString()))))
                : vertx.executeBlocking(() -> load(name), false)
                        .compose(found -> send(
                                context,
                                made(
                                        name,
                                        Buffer.buffer(filled.apply(
                                                found.orElseThrow().plain().toString())))));
    }

    private Optional<Asset> load(String name) {
        return ClassPath.read("webroot/" + name).map(content -> {
            Asset asset = made(name, content);
            known.put(name, asset);
            return asset;
        });
    }

    private static Asset made(String name, Buffer content) {
        Buffer gzipped = Answer.gzip(content);
        return new Asset(type(name), tag(content), content, gzipped.length() < content.length() ? gzipped : null);
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static String tag(Buffer content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
