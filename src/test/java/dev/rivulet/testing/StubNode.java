package dev.rivulet.testing;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.config.Settings;
import dev.rivulet.encode.EncodeDispatcher;
import dev.rivulet.encode.EncodeParts;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.FfmpegTools;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.join.JoinParts;
import dev.rivulet.join.JoinVerticle;
import dev.rivulet.publish.PublishParts;
import dev.rivulet.publish.PublishVerticle;
import dev.rivulet.recovery.RecoveryVerticle;
import dev.rivulet.store.Room;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.disk.DiskMediaFiles;
import dev.rivulet.store.pg.PgClusterLock;
import dev.rivulet.store.pg.PgDatabase;
import dev.rivulet.store.pg.PgTaskStore;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.store.redis.RedisTaskQueue;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A server without a front door, whose encoder is a stub, as is the ffmpeg that joins; everything else is what a server
 * has. Several may share database, queue and media folder.
 */
public final class StubNode implements AutoCloseable {
    private static final Settings.Lease LEASE = new Settings.Lease(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 0, 1L << 34, Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final RedisTaskQueue queue;
    private final FfmpegRunner runner;
    private final Deque<String> deployed = new ArrayDeque<>();

    /**
     * What servers share.
     *
     * @param notes where the stub notes each run
     * @param gate is passed by each run
     */
    public record Shared(PgDatabase database, String redisUrl, Path media, Path notes, Gate gate) {}

    /**
     * @param work a folder of its own
     * @param heard is told every update that this node publishes
     */
    public StubNode(String name, Shared shared, Path work, int slots, Consumer<JsonObject> heard) {
        pool = shared.database().pool(vertx, 16);
        queue = new RedisTaskQueue(vertx, shared.redisUrl(), 2);
        runner = new FfmpegRunner(joiner(work), LIMITS, new Sandbox.None("a stub"));
        PgVideoStore videos = new PgVideoStore(pool, name);
        PgTaskStore tasks = new PgTaskStore(videos);
        DiskMediaFiles files = new DiskMediaFiles(vertx, shared.media());
        WorkFolders folders = new WorkFolders(work);
        Room room = new Room(vertx, folders, files, 0);
        Bus bus = new Bus(vertx);
        vertx.eventBus().<JsonObject>consumer(Address.EVENTS.text(), update -> heard.accept(update.body()));
        deploy(new PublishVerticle(
                new PublishParts(bus, videos, tasks, files, LEASE.duration()), true, InstantSource.system()));
        deploy(new JoinVerticle(new JoinParts(bus, videos, tasks, files, folders, runner, LEASE, room), 4));
        StubEncoder encoder = encoder(work);
        DeploymentOptions worker = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("encode-" + name)
                .setWorkerPoolSize(slots);
        for (int slot = 0; slot < slots; slot++) {
            Futures.await(vertx.deployVerticle(
                    new StubSlot(slot, bus, folders, encoder, shared.notes(), shared.gate()), worker));
        }
        EncodeParts parts =
                new EncodeParts(bus, videos, tasks, queue, files, folders, runner, new RetryPolicy(3), room);
        deploy(new EncodeDispatcher(parts, LEASE, name, slots, 0));
        deploy(new RecoveryVerticle(bus, videos, tasks, queue, new PgClusterLock(pool, 1), Duration.ofSeconds(5)));
    }

    private static StubEncoder encoder(Path work) {
        try {
            return new StubEncoder(work.resolve("tools")).install();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An ffmpeg that joins nothing but says so: what it is told to write last is there. */
    private static FfmpegTools joiner(Path work) {
        try {
            Path script = Files.createDirectories(work.resolve("tools")).resolve("ffmpeg");
            Files.writeString(script, "#!/bin/sh\nfor last; do :; done\necho joined > \"$last\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return new FfmpegTools(script, script, Map.of(), "stub");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy(Deployable verticle) {
        deployed.addFirst(Futures.await(vertx.deployVerticle(verticle)));
    }

    @Override
    public void close() {
        for (String id : deployed) {
            Futures.await(vertx.undeploy(id));
        }
        runner.close();
        Futures.await(queue.close());
        Futures.await(pool.close());
        Futures.await(vertx.close());
    }
}
