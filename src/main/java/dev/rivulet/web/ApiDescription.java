package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml}: describes the API, drives its routes and checks what comes in. */
public final class ApiDescription {
    private static final String FILE = "openapi.yaml";

    private final Vertx vertx;
    private final Buffer text;
    private final OpenAPIContract contract;

    private ApiDescription(Vertx vertx, Buffer text, OpenAPIContract contract) {
        this.vertx = vertx;
        this.text = text;
        this.contract = contract;
    }

    /** Reads the description from the class path; fails when it is no valid OpenAPI 3.1. */
    public static Future<ApiDescription> load(Vertx vertx) {
        return vertx.executeBlocking(() -> ClassPath.read(FILE)
                        .orElseThrow(() -> new IllegalStateException(FILE + " is missing from the jar")))
                .compose(text -> OpenAPIContract.from(vertx, checkable(text))
                        .map(contract -> new ApiDescription(vertx, text, contract)));
    }

    /**
     * A router with a route for every operation.
     *
     * @throws IllegalStateException when an operation has no handler
     */
    Router router(List<Operations> topics) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, RequestBodies::extract);
        Map<String, String> fixed = new LinkedHashMap<>();
        for (Path path : contract.getPaths()) {
            if (!path.getName().contains("{")) {
                fixed.put(path.getName(), methods(path));
            }
        }
        builder.rootHandler(context -> refuseOtherMethods(context, fixed));
        topics.forEach(topic -> topic.mount(builder));
        builder.getRoute("getDescription").setDoValidation(false).addHandler(this::serve);
        List<String> without = builder.getRoutes().stream()
                .filter(route -> route.getHandlers().isEmpty())
                .map(OpenAPIRoute::getOperation)
                .map(Operation::getOperationId)
                .toList();
        if (!without.isEmpty()) {
            throw new IllegalStateException("operations without a handler: " + without);
        }
        Router router = builder.createRouter();
        for (Path path : contract.getPaths()) {
            String allowed = methods(path);
            router.route(path.getName().replaceAll("\\{(\\w+)}", ":$1"))
                    .handler(context -> refuseMethod(context, allowed));
        }
        return router;
    }

    /** The operationIds. */
    List<String> operations() {
        return contract.operations().stream().map(Operation::getOperationId).toList();
    }

    static void refuseMethod(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        context.fail(new Fault(405, "method_not_allowed", "This address answers to " + allowed + " only."));
    }

    /** A path without parameters must not be taken for one with: GET /videos/upload is not the video "upload". */
    private static void refuseOtherMethods(RoutingContext context, Map<String, String> fixed) {
        String allowed = fixed.get(context.normalizedPath());
        if (allowed == null
                || List.of(allowed.split(", "))
                        .contains(context.request().method().name())) {
            context.next();
        } else {
            refuseMethod(context, allowed);
        }
    }

    private static String methods(Path path) {
        return path.getOperations().stream()
                .map(Operation::getHttpMethod)
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void serve(RoutingContext context) {
        Answer.text(context, "application/yaml; charset=utf-8", text);
    }

    /**
     * vertx-openapi decodes a parameter twice (its issue 117) and takes text that looks like JSON for JSON: a search for
     * "100%" or "{}" would be refused. Its route reads it.
     */
    private static void freeTextAside(JsonObject operation) {
        JsonArray parameters = operation.getJsonArray("parameters", new JsonArray());
        parameters.stream()
                .filter(one -> "q".equals(((JsonObject) one).getString("name")))
                .toList()
                .forEach(parameters::remove);
    }

    /**
     * The description without the bodies of its answers, and without those of uploads: vertx-openapi refuses media types
     * that it cannot check, and only requests of JSON are checked.
     */
    private static JsonObject checkable(Buffer text) {
        Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text.toString());
        JsonObject description = new JsonObject(tree);
        JsonObject responses = description.getJsonObject("components").getJsonObject("responses");
        responses.fieldNames().forEach(name -> responses.getJsonObject(name).remove("content"));
        for (String path : description.getJsonObject("paths").fieldNames()) {
            JsonObject item = description.getJsonObject("paths").getJsonObject(path);
            for (String method : new ArrayList<>(item.fieldNames())) {
                if (item.getValue(method) instanceof JsonObject operation && operation.containsKey("responses")) {
                    freeTextAside(operation);
                    JsonObject answers = operation.getJsonObject("responses");
                    JsonObject body = operation.getJsonObject("requestBody");
                    if (body != null && !body.getJsonObject("content").containsKey("application/json")) {
                        operation.remove("requestBody");
                    }
                    answers.fieldNames().forEach(status -> {
                        answers.getJsonObject(status).remove("content");
                        answers.getJsonObject(status).remove("headers");
                    });
                }
            }
        }
        return description;
    }
}
