package dev.rivulet;

import dev.rivulet.bus.Bus;
import dev.rivulet.config.Settings;
import dev.rivulet.embedded.StartException;
import dev.rivulet.ffmpeg.FfmpegTools;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.recovery.Housekeeping;
import dev.rivulet.recovery.HousekeepingRoutes;
import dev.rivulet.store.Room;
import dev.rivulet.upload.Admission;
import dev.rivulet.upload.ArrivalPorts;
import dev.rivulet.upload.ImportParts;
import dev.rivulet.upload.ImportRoutes;
import dev.rivulet.upload.ImportVerticle;
import dev.rivulet.upload.Imports;
import dev.rivulet.upload.Ports;
import dev.rivulet.upload.TusRoutes;
import dev.rivulet.upload.TusUploads;
import dev.rivulet.upload.UploadRoutes;
import dev.rivulet.upload.UploadVerticle;
import dev.rivulet.upload.UploadsInFlight;
import dev.rivulet.upload.link.Doorman;
import dev.rivulet.upload.link.HostResolver;
import dev.rivulet.upload.link.LinkClient;
import dev.rivulet.upload.link.Patience;
import dev.rivulet.web.AdminRoutes;
import dev.rivulet.web.ApiDescription;
import dev.rivulet.web.BusDoorVerticle;
import dev.rivulet.web.EventBusBridge;
import dev.rivulet.web.HealthRoutes;
import dev.rivulet.web.Leaving;
import dev.rivulet.web.MediaRoutes;
import dev.rivulet.web.MetricsRoutes;
import dev.rivulet.web.PageRoutes;
import dev.rivulet.web.ProgressSocket;
import dev.rivulet.web.VideoDesk;
import dev.rivulet.web.VideoRequests;
import dev.rivulet.web.VideoRoutes;
import dev.rivulet.web.Views;
import dev.rivulet.web.WebRouter;
import dev.rivulet.web.WorkGauges;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the HTTP server and the doors of the event bus, last of all. */
final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private FrontDoor() {}

    /** What videos are made with, and what tidies up after that. */
    record Tools(FfmpegTools ffmpeg, Sandbox sandbox, Housekeeping housekeeping) {}

    /** Returns the port that it listens on. */
    static int open(Vertx vertx, Settings settings, Stores stores, Bus bus, Tools tools, Closing closing) {
        VideoDesk desk = new VideoDesk(stores.videos(), stores.files(), bus);
        ApiDescription api = ApiDescription.load(vertx).await();
        Leaving leaving = new Leaving();
        UploadsInFlight uploads = new UploadsInFlight(leaving);
        uploads.listen(bus).await();
        Views views = new Views(vertx, stores.videos(), InstantSource.system());
        closing.addEnding("views", views::write);
        Ports ports = new Ports(
                stores.videos(), stores.uploads(), stores.files(), stores.folders(), bus, arrivals(settings, stores));
        Admission admission = new Admission(settings.upload(), stores.room(), stores.videos());
        TusUploads resumable = new TusUploads(vertx, ports, settings.upload(), admission, uploads, desk);
        resumable.listen(bus).await();
        resumable.resume().onFailure(away -> LOG.warn("uploads that were cut off wait for their clients", away));
        Imports imports = imports(vertx, settings, stores, ports, admission, closing);
        VideoRequests requests = new VideoRequests(desk, imports);
        int slots = Server.slots(settings);
        HealthRoutes health = new HealthRoutes(vertx, dependencies(stores, tools, settings.upload()), leaving);
        WorkGauges.Sources sources = new WorkGauges.Sources(stores.workload(), stores.queue(), stores.files(), health);
        WorkGauges gauges = closing.add("gauges", new WorkGauges(vertx, Meters.registry(), sources, slots));
        Router router = WebRouter.of(
                api,
                List.of(
                        new UploadRoutes(vertx, ports, settings.upload(), admission, uploads),
                        new TusRoutes(resumable),
                        new ImportRoutes(imports),
                        new VideoRoutes(desk, stores.tasks()),
                        new MediaRoutes(stores.videos(), stores.files(), InstantSource.system(), views),
                        new ProgressSocket(vertx, stores.videos(), leaving),
                        new AdminRoutes(vertx, stores.workload(), slots),
                        health,
                        new HousekeepingRoutes(tools.housekeeping(), InstantSource.system()),
                        new MetricsRoutes(gauges)),
                List.of(
                        leaving,
                        new PageRoutes(vertx, stores.videos(), stores.files()),
                        new EventBusBridge(vertx, leaving)));
        closing.addFirst("watchers", () -> {
            leaving.begin();
            return Future.succeededFuture();
        });
        closing.addCut(uploads::breakOff);
        BusDoorVerticle busDoor = new BusDoorVerticle(
                requests, settings.http().host(), settings.eventbus().tcp());
        String door = vertx.deployVerticle(busDoor).await();
        closing.addFirst("event-bus door", () -> vertx.undeploy(door));
        Duration grace = settings.shutdown().grace().plus(Closing.SETTLING);
        Promise<Integer> port = Promise.promise();
        String front = vertx.deployVerticle(
                        () -> new UploadVerticle(settings.http(), router, port, grace),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .recover(failure -> Future.failedFuture(cannotListen(settings.http(), failure)))
                .await();
        closing.addFirst("front door", () -> vertx.undeploy(front));
        return port.future().await();
    }

    private static Optional<ArrivalPorts> arrivals(Settings settings, Stores stores) {
        return settings.segment().whileUploading()
                ? Optional.of(new ArrivalPorts(stores.arrivals(), stores.arriving()))
                : Optional.empty();
    }

    /** What earlier processes have begun to import goes on from here. */
    private static Imports imports(
            Vertx vertx, Settings settings, Stores stores, Ports ports, Admission admission, Closing closing) {
        Patience patience = Patience.USUAL;
        LinkClient client = closing.add("link client", new LinkClient(vertx, new WebClientOptions(), patience));
        Doorman doorman =
                new Doorman(HostResolver.system(vertx), settings.import_().allow());
        Imports imports = new Imports(
                vertx,
                ports,
                new ImportParts(stores.imports(), doorman, client, admission, patience),
                settings.import_(),
                settings.upload().maxBytes());
        String id = vertx.deployVerticle(new ImportVerticle(imports)).await();
        closing.addFirst("imports", () -> vertx.undeploy(id));
        return imports;
    }

    private static Map<String, Supplier<Future<JsonObject>>> dependencies(
            Stores stores, Tools tools, Settings.Upload upload) {
        Map<String, Supplier<Future<JsonObject>>> all = new LinkedHashMap<>();
        all.put("postgres", () -> stores.videos().underWay().map(number -> new JsonObject().put("unsettled", number)));
        all.put("redis", () -> stores.queue().ping().map(pong -> new JsonObject()));
        all.put(
                "ffmpeg",
                () -> Future.succeededFuture(
                        new JsonObject().put("version", tools.ffmpeg().version())));
        all.put("sandbox", () -> Future.succeededFuture(sandbox(tools.sandbox())));
        all.put("store", () -> stores.room().free().map(free -> store(stores.room(), free, upload.minFreeBytes())));
        return all;
    }

    /** What is stored can be watched however full the disk is. */
    private static JsonObject store(Room room, long free, long leastForUploads) {
        boolean full = room.closed() || free < room.least();
        String status = full ? "FULL" : free < leastForUploads ? "LOW" : "UP";
        return new JsonObject().put("status", status).put("freeBytes", free);
    }

    /** A server without one does its work. */
    private static JsonObject sandbox(Sandbox sandbox) {
        return new JsonObject().put("status", sandbox.works() ? "UP" : "NONE").put("detail", sandbox.detail());
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
