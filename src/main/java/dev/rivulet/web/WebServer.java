package dev.rivulet.web;

import dev.rivulet.config.Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How the HTTP server is set up. */
public final class WebServer {
    /** Neither a byte in nor out for so long: stalled uploads end; WebSockets are pinged more often than that. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** Unlike 0, one port for all instances of a verticle. */
    private static final int ANY_PORT = -1;

    /** As much of a body as one read of the socket brings: every piece becomes a write to the disk. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final int MOST_WEB_SOCKET_BYTES = 64 * 1024;

    private WebServer() {}

    /** Options for plain HTTP/1.1, or for HTTPS with HTTP/2 when a certificate is set. */
    public static HttpServerOptions options(Settings.Http http) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(http.host())
                .setPort(http.port() == 0 ? ANY_PORT : http.port())
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setMaxChunkSize(PIECE_BYTES)
                .setIdleTimeout((int) IDLE.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHandle100ContinueAutomatically(false)
                .setMaxWebSocketFrameSize(MOST_WEB_SOCKET_BYTES)
                .setMaxWebSocketMessageSize(MOST_WEB_SOCKET_BYTES)
                .setTcpNoDelay(true);
        http.tls().ifPresent(tls -> {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(tls.certificate().toString())
                            .setKeyPath(tls.key().toString()));
            if (OpenSSLEngineOptions.isAvailable()) {
                options.setSslEngineOptions(new OpenSSLEngineOptions());
            }
        });
        return options;
    }

    /** Lets {@code router} answer what {@code server} receives. */
    public static HttpServer connect(HttpServer server, Router router) {
        return server.requestHandler(router).invalidRequestHandler(ProblemHandler::refuseHead);
    }
}
