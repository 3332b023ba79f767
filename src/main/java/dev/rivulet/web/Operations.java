package dev.rivulet.web;

import io.vertx.ext.web.openapi.router.RouterBuilder;

/** Some operations of {@code openapi.yaml}. */
@FunctionalInterface
public interface Operations {
    /** Gives each operation of this topic its handler, by operationId. */
    void mount(RouterBuilder builder);
}
