package dev.rivulet;

import dev.rivulet.bus.Bus;
import dev.rivulet.config.Settings;
import dev.rivulet.config.Settings.SandboxMode;
import dev.rivulet.embedded.BundledFfmpeg;
import dev.rivulet.embedded.DataLock;
import dev.rivulet.embedded.StartException;
import dev.rivulet.encode.EncodeDispatcher;
import dev.rivulet.encode.EncodeParts;
import dev.rivulet.encode.EncodeVerticle;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.FfmpegTools;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.VideoId;
import dev.rivulet.join.JoinParts;
import dev.rivulet.join.JoinVerticle;
import dev.rivulet.media.Rational;
import dev.rivulet.publish.PublishParts;
import dev.rivulet.publish.PublishVerticle;
import dev.rivulet.recovery.Housekeeping;
import dev.rivulet.recovery.HousekeepingParts;
import dev.rivulet.recovery.HousekeepingVerticle;
import dev.rivulet.recovery.LeftBehind;
import dev.rivulet.recovery.RecoveryVerticle;
import dev.rivulet.segment.SegmentParts;
import dev.rivulet.segment.SegmentVerticle;
import dev.rivulet.store.PendingImport;
import dev.rivulet.store.disk.DiskWorkFiles;
import dev.rivulet.store.metrics.RecoveryMetrics;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: everything that it needs is started in order, and closed in reverse. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration LONGEST_TASK = Duration.ofDays(1);

    private final Closing closing;
    private final Duration grace;
    private final int port;

    private Server(Closing closing, Duration grace, int port) {
        this.closing = closing;
        this.grace = grace;
        this.port = port;
    }

    /**
     * Starts a server; blocks until it listens. Nothing is left open when it fails.
     *
     * @param vertx is not closed by the server
     */
    public static Server start(Vertx vertx, Settings settings) {
        return start(vertx, settings, new Closing());
    }

    /** @throws Closing.StopAskedException when the start was given up by {@code closing} */
    static Server start(Vertx vertx, Settings settings, Closing closing) {
        try {
            return new Server(closing, settings.shutdown().grace(), new Start(vertx, settings, closing).run());
        } catch (Throwable failure) {
            closing.close();
            throw failure;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Takes nothing in any more, lets what is under way end within {@code shutdown.grace}, closes everything; blocks. */
    @Override
    public void close() {
        closing.close(grace);
    }

    /** Encoding processes at the same time. */
    static int slots(Settings settings) {
        return settings.encode().slots() > 0
                ? settings.encode().slots()
                : Runtime.getRuntime().availableProcessors();
    }

    /** The steps of a start. */
    private record Start(Vertx vertx, Settings settings, Closing closing) {

        int run() {
            Path data = settings.data().dir();
            closing.add("data folder", DataLock.take(data));
            FfmpegTools tools = BundledFfmpeg.find(settings.ffmpeg(), data);
            Sandbox sandbox = sandbox(tools, data.resolve("work"));
            LOG.info(
                    "ffmpeg version={} path={} sandbox={}",
                    tools.version(),
                    tools.ffmpeg(),
                    sandbox.works() ? sandbox.detail() : "none: " + sandbox.detail());
            String node = NodeName.of(data);
            LOG.info("node name={}", node);
            Stores stores = new Backends(vertx, settings, closing).open(data, node);
            Set<VideoId> going = stores.imports().pending().await().stream()
                    .map(PendingImport::video)
                    .collect(Collectors.toSet());
            new LeftBehind(stores.videos(), stores.uploads(), stores.tasks(), stores.files())
                    .remove(node, stores.folders(), going);
            FfmpegRunner runner = closing.add(
                    "ffmpeg", new FfmpegRunner(tools, Limits.of(settings.ffmpeg(), settings.limits()), sandbox));
            closing.addCut(runner::close);
            Bus bus = new Bus(vertx);
            deployStages(bus, stores, runner, node);
            Housekeeping housekeeping = housekeeping(bus, stores);
            deploy(new HousekeepingVerticle(
                    housekeeping, settings.housekeeping().interval()));
            FrontDoor.Tools told = new FrontDoor.Tools(tools, sandbox, housekeeping);
            return FrontDoor.open(vertx, settings, stores, bus, told, closing);
        }

        private Sandbox sandbox(FfmpegTools tools, Path work) {
            try {
                Files.createDirectories(work);
            } catch (IOException e) {
                throw new StartException("cannot create " + work + ": " + e.getMessage(), e);
            }
            SandboxMode mode = settings.ffmpeg().sandbox();
            Sandbox sandbox = Sandbox.find(mode, tools, work);
            if (mode == SandboxMode.REQUIRED && !sandbox.works()) {
                throw new StartException("ffmpeg.sandbox is required, but " + sandbox.detail()
                        + "; see docs/operations.md, or set ffmpeg.sandbox to auto");
            }
            return sandbox;
        }

        private Housekeeping housekeeping(Bus bus, Stores stores) {
            return new Housekeeping(
                    new HousekeepingParts(
                            bus,
                            stores.videos(),
                            stores.upkeep(),
                            stores.files(),
                            RecoveryMetrics.of(new DiskWorkFiles(vertx, stores.folders()), Meters.registry()),
                            stores.folders(),
                            InstantSource.system()),
                    settings.housekeeping(),
                    settings.retention());
        }

        private void deployStages(Bus bus, Stores stores, FfmpegRunner runner, String node) {
            int chunkSegments = settings.chunk().segments();
            int slots = slots(settings);
            deploy(new PublishVerticle(
                    new PublishParts(
                            bus,
                            stores.videos(),
                            stores.tasks(),
                            stores.files(),
                            settings.lease().duration()),
                    settings.source().keep(),
                    InstantSource.system()));
            deploy(new JoinVerticle(
                    new JoinParts(
                            bus,
                            stores.videos(),
                            stores.tasks(),
                            stores.files(),
                            stores.folders(),
                            runner,
                            settings.lease(),
                            stores.room()),
                    chunkSegments));
            deploy(new SegmentVerticle(
                    new SegmentParts(
                            bus,
                            stores.videos(),
                            stores.arrivals(),
                            stores.files(),
                            stores.folders(),
                            new Prober(runner, settings.limits().maxDuration()),
                            runner,
                            stores.room()),
                    new SegmentVerticle.Cut(
                            settings.ladder(), Rational.of(settings.segment().seconds()), chunkSegments)));
            RetryPolicy policy = new RetryPolicy(settings.retry().attempts());
            EncodeParts parts = new EncodeParts(
                    bus,
                    stores.videos(),
                    stores.tasks(),
                    stores.queue(),
                    stores.files(),
                    stores.folders(),
                    runner,
                    policy,
                    stores.room());
            workers("encode", 0, 2 * slots, slot -> new EncodeVerticle(slot, parts, stores.arriving()));
            workers(
                    "sound",
                    2 * slots,
                    EncodeDispatcher.EARLY_SOUNDS,
                    slot -> new EncodeVerticle(slot, parts, stores.arriving()));
            EncodeDispatcher dispatcher = new EncodeDispatcher(parts, settings.lease(), node, slots, slots);
            deployFirst(dispatcher);
            closing.addCut(dispatcher::cutOff);
            deployFirst(new RecoveryVerticle(
                    bus,
                    stores.videos(),
                    stores.tasks(),
                    stores.queue(),
                    stores.recovering(),
                    settings.recovery().interval()));
        }

        private void workers(String pool, int first, int count, IntFunction<Deployable> slot) {
            DeploymentOptions worker = new DeploymentOptions()
                    .setThreadingModel(ThreadingModel.WORKER)
                    .setWorkerPoolName(pool)
                    .setWorkerPoolSize(count)
                    .setMaxWorkerExecuteTime(LONGEST_TASK.toSeconds())
                    .setMaxWorkerExecuteTimeUnit(TimeUnit.SECONDS);
            for (int i = first; i < first + count; i++) {
                deploy(slot.apply(i), worker);
            }
        }

        private void deploy(Deployable verticle) {
            deploy(verticle, new DeploymentOptions());
        }

        private void deploy(Deployable verticle, DeploymentOptions options) {
            String id = vertx.deployVerticle(verticle, options).await();
            closing.addEnding(name(verticle), () -> vertx.undeploy(id));
        }

        /** It is what takes work: it ends before the rest. */
        private void deployFirst(Deployable verticle) {
            String id = vertx.deployVerticle(verticle).await();
            closing.addFirst(name(verticle), () -> undeploy(id));
        }

        private Future<Void> undeploy(String id) {
            return vertx.undeploy(id).timeout(closing.left().toMillis(), TimeUnit.MILLISECONDS);
        }

        private static String name(Deployable verticle) {
            return verticle.getClass().getSimpleName();
        }
    }
}
