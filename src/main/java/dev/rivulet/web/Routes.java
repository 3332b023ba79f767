package dev.rivulet.web;

import io.vertx.ext.web.Router;

/** Routes that are no part of the API: pages, the event-bus bridge. */
@FunctionalInterface
public interface Routes {
    /** Adds the routes of this topic. */
    void mount(Router router);
}
