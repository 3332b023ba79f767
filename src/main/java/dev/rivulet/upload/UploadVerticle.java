package dev.rivulet.upload;

import dev.rivulet.config.Settings;
import dev.rivulet.web.WebServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/** The front door: listens and serves all routes, uploads among them. One instance per core; they share port and router. */
public final class UploadVerticle extends VerticleBase {
    private final Settings.Http http;
    private final Router router;
    private final Promise<Integer> port;
    private @Nullable HttpServer server;

    /**
     * @param router every route of the server, with those of {@link UploadRoutes}
     * @param port told on which port it listens; the first of several instances tells
     */
    public UploadVerticle(Settings.Http http, Router router, Promise<Integer> port) {
        this.http = http;
        this.router = router;
        this.port = port;
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

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }
}
