package dev.rivulet.encode;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskTick;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;

/**
 * One slot: a worker verticle that runs one ffmpeg after the other and nothing else. It hears nothing while it works;
 * leases, timers and kills are the dispatcher's.
 */
public final class EncodeVerticle extends VerticleBase {
    private final int slot;
    private final Bus bus;
    private final WorkFolders folders;
    private final TaskSources sources;
    private final TaskWorker worker;

    /**
     * @param slot its number, which is its address too
     * @param arrivals those of this node
     */
    public EncodeVerticle(int slot, EncodeParts parts, Arrivals arrivals) {
        this.slot = slot;
        this.bus = parts.bus();
        this.folders = parts.folders();
        this.sources = new TaskSources(parts.files(), parts.folders(), arrivals);
        this.worker = new TaskWorker(parts.runner(), parts.room());
    }

    @Override
    public Future<?> start() {
        return bus.serve(Address.ENCODE_SLOT.of(slot), RunTask.class, this::run);
    }

    private Future<Contract> run(RunTask task) {
        Path folder = folders.task(task.lease());
        return Future.succeededFuture(worker.run(
                task,
                () -> sources.open(task),
                folder,
                (fraction, segments) ->
                        bus.command(Address.ENCODE_TICK, new TaskTick(task.lease(), fraction, segments))));
    }
}
