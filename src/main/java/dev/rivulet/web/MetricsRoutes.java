package dev.rivulet.web;

import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.micrometer.PrometheusScrapingHandler;

/** Everything that Vert.x and the stages count, for Prometheus; the registry is the one that Vert.x was built with. */
public final class MetricsRoutes implements Operations {
    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("getMetrics").setDoValidation(false).addHandler(PrometheusScrapingHandler.create());
    }
}
