package dev.rivulet.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for every answered request: what changes something or fails at info, the rest at debug. */
final class AccessLog implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    @Override
    public void handle(RoutingContext context) {
        if (LOG.isInfoEnabled()) {
            long start = System.nanoTime();
            context.addEndHandler(ended -> log(context, Duration.ofNanos(System.nanoTime() - start)));
        }
        context.next();
    }

    private static void log(RoutingContext context, Duration took) {
        HttpServerRequest request = context.request();
        int status = context.response().getStatusCode();
        boolean reads = request.method().equals(HttpMethod.GET)
                || request.method().equals(HttpMethod.HEAD)
                || request.method().equals(HttpMethod.OPTIONS);
        LOG.atLevel(reads && status < 500 ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.INFO)
                .log(
                        "method={} path={} status={} received={} sent={} ms={}",
                        request.method(),
                        request.path(),
                        status,
                        request.bytesRead(),
                        context.response().bytesWritten(),
                        took.toMillis());
    }
}
