package dev.rivulet.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Liveness, and readiness with each dependency. */
public final class HealthRoutes implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HealthChecks checks;
    private final Leaving leaving;
    private final List<String> names;

    /**
     * @param dependencies by name: each completes with facts worth showing, such as free bytes, or fails when the
     *     dependency cannot be used; what works without it may say so with a {@code status} of its own
     */
    public HealthRoutes(Vertx vertx, Map<String, Supplier<Future<JsonObject>>> dependencies, Leaving leaving) {
        this.leaving = leaving;
        checks = HealthChecks.create(vertx);
        names = List.copyOf(dependencies.keySet());
        dependencies.forEach(
                (name, check) -> checks.register(name, PATIENCE.toMillis(), outcome -> run(name, check, outcome)));
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("getLiveness")
                .setDoValidation(false)
                .addHandler(context -> Answer.json(context, new JsonObject().put("status", "UP")));
        builder.getRoute("getReadiness").setDoValidation(false).addHandler(this::ready);
    }

    /** The names of what is looked at. */
    List<String> dependencies() {
        return names;
    }

    /** Whether each dependency can be used, by name. */
    Future<Map<String, Boolean>> check() {
        return checks.checkStatus().map(result -> Optional.ofNullable(result.getChecks()).orElse(List.of()).stream()
                .collect(Collectors.toMap(CheckResult::getId, CheckResult::isUp)));
    }

    private void ready(RoutingContext context) {
        if (leaving.begun()) {
            Answer.json(context, 503, new JsonObject().put("status", "STOPPING"));
            return;
        }
        checks.checkStatus().onFailure(context::fail).onSuccess(result -> {
            boolean up = CheckResult.isUp(result);
            JsonObject each = new JsonObject();
            for (CheckResult check : Optional.ofNullable(result.getChecks()).orElse(List.of())) {
                JsonObject facts = check.getData() == null ? new JsonObject() : check.getData();
                String status = CheckResult.isUp(check) ? facts.getString("status", "UP") : "DOWN";
                each.put(check.getId(), facts.copy().put("status", status));
            }
            Answer.json(
                    context,
                    up ? 200 : 503,
                    new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", each));
        });
    }

    /** Why a dependency is down is for the log: messages of drivers name hosts and users. */
    private static void run(String name, Supplier<Future<JsonObject>> check, Promise<Status> outcome) {
        check.get().onSuccess(facts -> outcome.tryComplete(Status.OK(facts))).onFailure(failure -> {
            LOG.warn("dependency={} down: {}", name, failure.toString());
            outcome.tryComplete(Status.KO());
        });
    }
}
