package dev.rivulet.recovery;

import dev.rivulet.recovery.Housekeeping.Outcome;
import dev.rivulet.recovery.Housekeeping.Result;
import dev.rivulet.web.Answer;
import dev.rivulet.web.Operations;
import dev.rivulet.web.SameOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What was left behind: a report, and the same done. */
public final class HousekeepingRoutes implements Operations {
    private final Housekeeping housekeeping;
    private final InstantSource clock;

    /** @param housekeeping the one of this node */
    public HousekeepingRoutes(Housekeeping housekeeping, InstantSource clock) {
        this.housekeeping = housekeeping;
        this.clock = clock;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("inspectHousekeeping").addHandler(new SameOrigin()).addHandler(this::look);
        builder.getRoute("runHousekeeping").addHandler(new SameOrigin()).addHandler(this::run);
    }

    private void look(RoutingContext context) {
        housekeeping
                .look()
                .onSuccess(results -> Answer.json(context, report(true, results)))
                .onFailure(context::fail);
    }

    private void run(RoutingContext context) {
        housekeeping
                .run(finding -> true)
                .onSuccess(results -> Answer.json(context, report(false, results)))
                .onFailure(context::fail);
    }

    private JsonObject report(boolean dryRun, List<Result> results) {
        JsonArray findings = new JsonArray();
        results.forEach(result -> findings.add(json(result)));
        return new JsonObject()
                .put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("dryRun", dryRun)
                .put("complete", results.size() < Inspection.MOST)
                .put("findings", findings);
    }

    private static JsonObject json(Result result) {
        Finding finding = result.finding();
        return new JsonObject()
                .put("kind", word(finding.kind()))
                .put("path", finding.path())
                .put("videoId", finding.video() == null ? null : finding.video().toString())
                .put("age", finding.age().toSeconds())
                .put("bytes", finding.bytes())
                .put("remedy", finding.remedy().word())
                .put("automatic", finding.automatic())
                .put("detail", finding.detail())
                .put("outcome", result.outcome() == Outcome.FOUND ? null : word(result.outcome()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
