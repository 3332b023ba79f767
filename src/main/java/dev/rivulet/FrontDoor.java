package dev.rivulet;

import dev.rivulet.bus.Bus;
import dev.rivulet.config.Settings;
import dev.rivulet.embedded.StartException;
import dev.rivulet.ffmpeg.FfmpegTools;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.upload.Admission;
import dev.rivulet.upload.Ports;
import dev.rivulet.upload.UploadRoutes;
import dev.rivulet.upload.UploadVerticle;
import dev.rivulet.web.AdminRoutes;
import dev.rivulet.web.ApiDescription;
import dev.rivulet.web.BusDoorVerticle;
import dev.rivulet.web.EventBusBridge;
import dev.rivulet.web.HealthRoutes;
import dev.rivulet.web.MediaRoutes;
import dev.rivulet.web.MetricsRoutes;
import dev.rivulet.web.PageRoutes;
import dev.rivulet.web.ProgressSocket;
import dev.rivulet.web.VideoDesk;
import dev.rivulet.web.VideoRequests;
import dev.rivulet.web.VideoRoutes;
import dev.rivulet.web.WebRouter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Opens the HTTP server and the doors of the event bus, last of all. */
final class FrontDoor {
    private FrontDoor() {}

    /** What videos are made with. */
    record Tools(FfmpegTools ffmpeg, Sandbox sandbox) {}

    /** Returns the port that it listens on. */
    static int open(Vertx vertx, Settings settings, Stores stores, Bus bus, Tools tools, Closing closing) {
        VideoDesk desk = new VideoDesk(stores.videos(), stores.files(), bus);
        VideoRequests requests = new VideoRequests(desk);
        ApiDescription api = ApiDescription.load(vertx).await();
        Ports ports = new Ports(stores.videos(), stores.files(), stores.folders(), bus);
        Router router = WebRouter.of(
                api,
                List.of(
                        new UploadRoutes(
                                vertx, ports, settings.upload(), new Admission(settings.upload(), stores.files())),
                        new VideoRoutes(desk, stores.tasks()),
                        new MediaRoutes(stores.videos(), stores.files(), InstantSource.system()),
                        new ProgressSocket(vertx, stores.videos()),
                        new AdminRoutes(vertx, stores.workload(), Server.slots(settings)),
                        new HealthRoutes(vertx, dependencies(stores, tools)),
                        new MetricsRoutes()),
                List.of(new PageRoutes(vertx), new EventBusBridge(vertx)));
        deploy(
                        vertx,
                        closing,
                        "event-bus door",
                        () -> new BusDoorVerticle(
                                requests,
                                settings.http().host(),
                                settings.eventbus().tcp()),
                        1)
                .await();
        Promise<Integer> port = Promise.promise();
        int cores = Runtime.getRuntime().availableProcessors();
        deploy(vertx, closing, "front door", () -> new UploadVerticle(settings.http(), router, port), cores)
                .recover(failure -> Future.failedFuture(cannotListen(settings.http(), failure)))
                .await();
        return port.future().await();
    }

    private static Map<String, Supplier<Future<JsonObject>>> dependencies(Stores stores, Tools tools) {
        Map<String, Supplier<Future<JsonObject>>> all = new LinkedHashMap<>();
        all.put("postgres", () -> stores.videos().unsettled().map(list -> new JsonObject()
                .put("unsettled", list.size())));
        all.put("redis", () -> stores.queue().ping().map(pong -> new JsonObject()));
        all.put(
                "ffmpeg",
                () -> Future.succeededFuture(
                        new JsonObject().put("version", tools.ffmpeg().version())));
        all.put("sandbox", () -> Future.succeededFuture(sandbox(tools.sandbox())));
        all.put("store", () -> stores.files().freeBytes().map(free -> new JsonObject().put("freeBytes", free)));
        return all;
    }

    /** A server without one does its work. */
    private static JsonObject sandbox(Sandbox sandbox) {
        return new JsonObject().put("status", sandbox.works() ? "UP" : "NONE").put("detail", sandbox.detail());
    }

    private static Future<String> deploy(
            Vertx vertx, Closing closing, String name, Supplier<io.vertx.core.Deployable> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(id -> closing.add(name, () -> vertx.undeploy(id).await()));
    }

    private static StartException cannotListen(Settings.Http http, Throwable failure) {
        String what = "cannot listen on " + http.host() + " port " + http.port() + ": " + failure.getMessage();
        return new StartException(
                String.valueOf(failure.getMessage()).contains("in use")
                        ? what + "; the port is in use: stop the other program or set another http.port"
                        : what + "; see http.host, http.port and http.tls",
                failure);
    }
}
