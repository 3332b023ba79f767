package dev.rivulet.encode;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskTick;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.SourceClass;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
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
    private final MediaFiles files;
    private final WorkFolders folders;
    private final TaskWorker worker;

    /** @param slot its number, which is its address too */
    public EncodeVerticle(int slot, Bus bus, MediaFiles files, WorkFolders folders, FfmpegRunner runner, Room room) {
        this.slot = slot;
        this.bus = bus;
        this.files = files;
        this.folders = folders;
        this.worker = new TaskWorker(runner, room);
    }

    @Override
    public Future<?> start() {
        return bus.serve(Address.ENCODE_SLOT.of(slot), RunTask.class, this::run);
    }

    private Future<Contract> run(RunTask task) {
        Path folder = folders.task(task.lease());
        return Future.succeededFuture(worker.run(
                task,
                files.input(task.video(), input(task.work())),
                folder,
                (fraction, segments) ->
                        bus.command(Address.ENCODE_TICK, new TaskTick(task.lease(), fraction, segments))));
    }

    private static String input(Work work) {
        if (work instanceof Work.MakeSubtitles) {
            // A copy has picture and sound alone.
            return MediaFiles.SOURCE;
        }
        return work instanceof Work.EncodeChunk chunk && work.plan().sourceClass() == SourceClass.MEZZANINE
                ? Mezzanine.chunk(chunk.chunk().index())
                : work.plan().input();
    }
}
