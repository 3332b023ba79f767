package dev.rivulet.testing;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody else's server, on a free port, that gives a file away, well or badly. */
public final class OtherServer implements AutoCloseable {
    /** Headers of the requests so far, in order. */
    public final List<MultiMap> asked = new CopyOnWriteArrayList<>();

    /** How many bytes each of the next answers has before the connection is cut; -1 for one that hangs instead. */
    public final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

    /** Answers to other paths than the file's. */
    public final Map<String, Handler<HttpServerRequest>> paths = new ConcurrentHashMap<>();

    public volatile byte[] content;
    public volatile String etag = "\"one\"";
    public volatile boolean ranges = true;

    /** Bytes after which an answer of -1 hangs. */
    public volatile int hangsAfter = 1000;

    private final AtomicInteger open = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    public OtherServer(byte[] content) {
        this(content, new HttpServerOptions());
    }

    public OtherServer(byte[] content, HttpServerOptions options) {
        this.content = content;
        server = Futures.await(vertx.createHttpServer(options.setPort(0).setHost("127.0.0.1"))
                .requestHandler(this::answer)
                .connectionHandler(connection -> {
                    open.incrementAndGet();
                    connection.closeHandler(gone -> open.decrementAndGet());
                })
                .listen());
    }

    public int port() {
        return server.actualPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return open.get();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Bytes that are the same for everybody who asks, and different at every place. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.headers());
        Handler<HttpServerRequest> other = paths.get(request.path());
        if (other != null) {
            other.handle(request);
            return;
        }
        byte[] all = content;
        int from = 0;
        HttpServerResponse response = request.response();
        String range = request.getHeader("Range");
        String condition = request.getHeader("If-Range");
        if (ranges && range != null && (condition == null || condition.equals(etag))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            response.setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
        }
        if (!etag.isEmpty()) {
            response.putHeader("ETag", etag);
        }
        response.putHeader("Content-Length", Integer.toString(all.length - from));
        Buffer body = Buffer.buffer(all).slice(from, all.length);
        Integer cut = cuts.poll();
        if (cut == null) {
            response.end(body);
        } else if (cut < 0) {
            response.write(body.slice(0, Math.min(hangsAfter, body.length())));
        } else {
            response.write(body.slice(0, Math.min(cut, body.length())))
                    .onComplete(written -> request.connection().close());
        }
    }

    @Override
    public void close() {
        Futures.await(vertx.close());
    }
}
