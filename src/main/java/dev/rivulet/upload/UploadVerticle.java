package dev.rivulet.upload;

import dev.rivulet.config.Settings;
import dev.rivulet.web.WebServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The front door: listens and serves all routes, uploads among them. One instance per core; they share port and router. */
public final class UploadVerticle extends VerticleBase {
    private final Settings.Http http;
    private final Router router;
    private final Promise<Integer> port;
    private final Duration grace;
    private @Nullable HttpServer server;

    /**
     * @param router every route of the server, with those of {@link UploadRoutes}
     * @param port told on which port it listens; the first of several instances tells
     * @param grace how long requests that are under way at the end may go on
     */
    public UploadVerticle(Settings.Http http, Router router, Promise<Integer> port, Duration grace) {
        this.http = http;
        this.router = router;
        this.port = port;
        this.grace = grace;
    }

    @Override
    public Future<?> start() {
        return WebServer.connect(vertx.createHttpServer(WebServer.options(http)), router)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    port.tryComplete(listening.actualPort());
                });
    }

    /** Listens no more, closes idle connections, and the others as soon as they have their answers. */
    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }
}
