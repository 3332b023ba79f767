package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import io.vertx.ext.web.RoutingContext;

/** The {@code id} in an address. */
final class PathId {
    private PathId() {}

    /** @throws Fault when the text is no id: there can be no such video */
    static VideoId of(RoutingContext context) {
        return VideoId.parse(context.pathParam("id")).orElseThrow(Fault::unknownVideo);
    }
}
