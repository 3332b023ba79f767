package dev.rivulet.testing;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.Done;
import dev.rivulet.config.Settings;
import dev.rivulet.recovery.Housekeeping;
import dev.rivulet.recovery.HousekeepingParts;
import dev.rivulet.recovery.HousekeepingRoutes;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.Update;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.disk.DiskMediaFiles;
import dev.rivulet.store.disk.DiskWorkFiles;
import dev.rivulet.store.pg.PgImportStore;
import dev.rivulet.store.pg.PgTaskStore;
import dev.rivulet.store.pg.PgUpkeep;
import dev.rivulet.store.pg.PgUploadStore;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.store.pg.PgWorkload;
import dev.rivulet.store.redis.RedisTaskQueue;
import dev.rivulet.upload.Admission;
import dev.rivulet.upload.ImportRoutes;
import dev.rivulet.upload.ImportVerticle;
import dev.rivulet.upload.Imports;
import dev.rivulet.upload.Ports;
import dev.rivulet.upload.TusRoutes;
import dev.rivulet.upload.TusUploads;
import dev.rivulet.upload.UploadRoutes;
import dev.rivulet.upload.UploadVerticle;
import dev.rivulet.upload.UploadsInFlight;
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
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import io.vertx.micrometer.backends.BackendRegistries;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The whole front door on a free port, with the real stores; what later stages would do is written down. */
public final class WebFixture implements AutoCloseable {
    /** Largest file that this server takes. */
    public static final long MAX_BYTES = 4 << 20;

    /** Most uploads that this server takes at once. */
    public static final int MAX_IN_FLIGHT = 20;

    static final Settings.Upload USUAL =
            new Settings.Upload(MAX_BYTES, 0, MAX_IN_FLIGHT, 100_000, Duration.ofHours(24));

    public final Vertx vertx;
    public final Path data;
    public final PgVideoStore videos;
    public final PgTaskStore tasks;
    public final DiskMediaFiles files;
    public final PgUploadStore uploadRows;
    public final TusUploads resumable;
    public final List<Contract> commands = new CopyOnWriteArrayList<>();
    public final Views views;
    public final int port;

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Tells the front door that it is being closed. */
    public final Leaving leaving = new Leaving();

    public final UploadsInFlight uploads = new UploadsInFlight(leaving);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Pool pool;
    private final String front;
    private final String importing;
    private final WorkGauges gauges;

    public WebFixture() {
        this(USUAL, false);
    }

    public WebFixture(Settings.Upload limits, boolean tcp) {
        this(limits, tcp, LinkSetting.local());
    }

    public WebFixture(Settings.Upload limits, boolean tcp, LinkSetting links) {
        this(limits, tcp, links, folder());
    }

    public WebFixture(Settings.Upload limits, boolean tcp, LinkSetting links, Path data) {
        this.data = data;
        vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setMetricsOptions(new MicrometerMetricsOptions()
                                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true))
                                .setEnabled(true)))
                .withMetrics(new MicrometerMetricsFactory())
                .build();
        pool = TestServers.database().pool(vertx, 16);
        videos = new PgVideoStore(pool, "test");
        tasks = new PgTaskStore(videos);
        files = new DiskMediaFiles(vertx, data.resolve("media"));
        Bus bus = new Bus(vertx);
        Futures.await(bus.serve(Address.SEGMENT_VIDEO, Contract.SegmentVideo.class, this::note));
        Futures.await(bus.serve(Address.PUBLISH_UPLOAD, Contract.UploadMoved.class, this::note));
        Futures.await(uploads.listen(bus));
        VideoDesk desk = new VideoDesk(videos, files, bus);
        WorkFolders folders = new WorkFolders(data.resolve("work"));
        uploadRows = new PgUploadStore(pool, "test");
        Ports ports = new Ports(videos, uploadRows, files, folders, bus, Optional.empty());
        Admission admission = new Admission(limits, new Room(vertx, folders, files, 0), videos);
        resumable = new TusUploads(vertx, ports, limits, admission, uploads, desk);
        Futures.await(resumable.listen(bus));
        Map<String, Supplier<Future<JsonObject>>> checks = new LinkedHashMap<>();
        checks.put("postgres", () -> videos.underWay().map(new JsonObject()));
        checks.put("sandbox", () -> Future.succeededFuture(new JsonObject().put("status", "NONE")));
        checks.put("store", () -> files.freeBytes().map(free -> new JsonObject().put("freeBytes", free)));
        HealthRoutes health = new HealthRoutes(vertx, checks, leaving);
        PgWorkload workload = new PgWorkload(pool);
        // Nobody hands out tasks here: the gauges of the queue are none.
        TaskQueue queue = new RedisTaskQueue(vertx, "redis://127.0.0.1:1", 1);
        gauges = new WorkGauges(
                vertx,
                Objects.requireNonNull(BackendRegistries.getDefaultNow()),
                new WorkGauges.Sources(workload, queue, files, health),
                2);
        views = new Views(vertx, videos, InstantSource.system());
        Imports imports = links.imports(vertx, ports, new PgImportStore(pool, "test"), admission, limits.maxBytes());
        importing = Futures.await(vertx.deployVerticle(new ImportVerticle(imports)));
        Router router = WebRouter.of(
                Futures.await(ApiDescription.load(vertx)),
                List.of(
                        new UploadRoutes(vertx, ports, limits, admission, uploads),
                        new TusRoutes(resumable),
                        new ImportRoutes(imports),
                        new VideoRoutes(desk, tasks),
                        new MediaRoutes(videos, files, InstantSource.system(), views),
                        new ProgressSocket(vertx, videos, leaving),
                        new AdminRoutes(vertx, workload, 2),
                        health,
                        new HousekeepingRoutes(housekeeping(bus, folders), InstantSource.system()),
                        new MetricsRoutes(gauges)),
                List.of(leaving, new EventBusBridge(vertx, leaving), new PageRoutes(vertx, videos, files)));
        Promise<Integer> bound = Promise.promise();
        Settings.Http http = new Settings.Http("127.0.0.1", 0, Optional.empty());
        front = Futures.await(vertx.deployVerticle(
                () -> new UploadVerticle(http, router, bound, GRACE), new DeploymentOptions().setInstances(2)));
        Futures.await(vertx.deployVerticle(
                new BusDoorVerticle(new VideoRequests(desk, imports), "127.0.0.1", new Settings.Tcp(tcp, 0))));
        port = Futures.await(bound.future());
    }

    private Housekeeping housekeeping(Bus bus, WorkFolders folders) {
        HousekeepingParts parts = new HousekeepingParts(
                bus,
                videos,
                new PgUpkeep(pool),
                files,
                new DiskWorkFiles(vertx, folders),
                folders,
                InstantSource.system());
        return new Housekeeping(
                parts,
                new Settings.Housekeeping(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(24)),
                new Settings.Retention(Duration.ZERO, Duration.ZERO));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<String> upload(Form form) {
        return send("POST", "/videos/upload", form.body(), "Content-Type", Form.TYPE);
    }

    /** Says an update as the publish stage would. */
    public Update announce(dev.rivulet.job.VideoId id, Announcement announcement) {
        Update update = Futures.await(videos.announce(id, announcement)).orElseThrow();
        vertx.eventBus().publish(Address.EVENTS.text(), update.body());
        vertx.eventBus().publish(Address.EVENTS.of(id), update.body());
        return update;
    }

    /** A connection to the database that nobody else uses; close it. */
    public SqlConnection connection() {
        return Futures.await(pool.getConnection());
    }

    public long rows() {
        return number("SELECT count(*) FROM videos");
    }

    /** What a query counts. */
    public long number(String query) {
        return Futures.await(pool.query(query).execute()).iterator().next().getLong(0);
    }

    /** Every file that the server has written. */
    public List<Path> written() {
        try (Stream<Path> paths = Files.walk(data)) {
            return paths.filter(Files::isRegularFile).map(data::relativize).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to close the front door, as a stop of the server does; completes when the last connection is closed. */
    public Future<Void> leave() {
        leaving.begin();
        return vertx.undeploy(front);
    }

    /** Ends the imports as a stop of the server does; completes when all of them are on record. */
    public Future<Void> leaveImports() {
        return vertx.undeploy(importing);
    }

    @Override
    public void close() {
        gauges.close();
        Futures.await(pool.close());
        Futures.await(vertx.close());
    }

    private Future<Done> note(Contract command) {
        commands.add(command);
        return Future.succeededFuture(new Done());
    }

    private static Path folder() {
        try {
            return Scratch.folder("rivulet-web");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
