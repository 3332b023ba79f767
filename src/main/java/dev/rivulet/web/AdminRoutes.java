package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.store.Workload;
import dev.rivulet.store.Workload.Overview;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;

/** What is being done and what went wrong, for those who run the server. */
public final class AdminRoutes implements Operations {
    /** Most rows of each list of the overview. */
    static final int ROWS = 100;

    private static final int USUAL_FAILURES = 20;

    private final Workload workload;
    private final Recent<Overview> overview;
    private final int slots;

    /** @param slots encoding processes that this node runs at once */
    public AdminRoutes(Vertx vertx, Workload workload, int slots) {
        this.workload = workload;
        this.overview = new Recent<>(vertx, () -> workload.overview(ROWS));
        this.slots = slots;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("getWork").addHandler(new SameOrigin()).addHandler(this::work);
        builder.getRoute("listFailures").addHandler(new SameOrigin()).addHandler(this::failures);
    }

    private void work(RoutingContext context) {
        overview.get()
                .onSuccess(now -> Answer.json(context, WorkJson.of(now, slots)))
                .onFailure(context::fail);
    }

    private void failures(RoutingContext context) {
        Integer limit = Checked.query(context, "limit").getInteger();
        String after = Checked.query(context, "after").getString();
        workload.failures(limit == null ? USUAL_FAILURES : limit, after)
                .onSuccess(page -> Answer.json(context, WorkJson.of(page)))
                .onFailure(failure -> context.fail(
                        failure instanceof IllegalArgumentException
                                ? new Fault(400, "invalid_cursor", "The parameter after is no cursor of this list.")
                                : failure));
    }
}
