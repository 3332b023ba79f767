package dev.rivulet.web;

import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.micrometer.PrometheusScrapingHandler;

/** Everything that Vert.x and the stores count, for Prometheus; the registry is the one that Vert.x was built with. */
public final class MetricsRoutes implements Operations {
    private final WorkGauges gauges;

    /** @param gauges look before every answer */
    public MetricsRoutes(WorkGauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("getMetrics")
                .setDoValidation(false)
                .addHandler(context -> gauges.look().onComplete(looked -> context.next()))
                .addHandler(PrometheusScrapingHandler.create());
    }
}
