package dev.rivulet.web;

import io.vertx.ext.web.Router;
import java.util.List;

/** Puts all routes together. */
public final class WebRouter {
    private WebRouter() {}

    /**
     * The router of the whole server; it may serve any number of event loops.
     *
     * @param topics between them, every operation of the description
     * @throws IllegalStateException when an operation has no handler
     */
    public static Router of(ApiDescription api, List<Operations> topics, List<Routes> others) {
        Router router = api.router(topics);
        router.route().order(-1).handler(new AccessLog());
        others.forEach(routes -> routes.mount(router));
        new ProblemHandler().mount(router);
        return router;
    }
}
