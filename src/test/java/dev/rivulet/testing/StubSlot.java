package dev.rivulet.testing;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.PosterMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Playlists;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A slot whose encoder is a stub: a process that notes the task in a file, sleeps 5 ms and writes the files of the task.
 * To be deployed as a worker verticle, as the slot that it stands for.
 */
final class StubSlot extends VerticleBase {
    private static final int BYTES = 100;
    private static final int FRAMES_A_SECOND = 25;

    private final int slot;
    private final Bus bus;
    private final WorkFolders folders;
    private final StubEncoder encoder;
    private final Path notes;
    private final Gate gate;

    /**
     * @param encoder installed
     * @param notes one line for each run: the task's number
     * @param gate is passed before each run
     */
    StubSlot(int slot, Bus bus, WorkFolders folders, StubEncoder encoder, Path notes, Gate gate) {
        this.slot = slot;
        this.bus = bus;
        this.folders = folders;
        this.encoder = encoder;
        this.notes = notes;
        this.gate = gate;
    }

    @Override
    public Future<?> start() {
        return bus.serve(Address.ENCODE_SLOT.of(slot), RunTask.class, this::run);
    }

    private Future<Contract> run(RunTask task) {
        List<String> files = new ArrayList<>();
        TaskResult result = result(task.work(), files);
        Path folder = folders.task(task.lease());
        try {
            gate.pass();
            String note = task.lease().task().toString();
            List<String> words = new ArrayList<>(encoder.command(notes, note, "%100s".formatted(note)));
            for (String file : files) {
                Files.createDirectories(folder.resolve(file).getParent());
                words.add(folder.resolve(file).toString());
            }
            int exit = new ProcessBuilder(words)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            return exit == 0
                    ? Future.succeededFuture(new TaskReport.Made(result, files))
                    : Future.failedFuture("the encoder ended with " + exit);
        } catch (IOException | InterruptedException e) {
            return Future.failedFuture(e);
        }
    }

    private static TaskResult result(Work work, List<String> files) {
        MediaPlan plan = work.plan();
        if (work instanceof Work.EncodeChunk encode) {
            Chunk chunk = encode.chunk();
            List<Integer> frames = plan.chunks().segmentFrames(chunk, chunk.frames());
            Map<String, StoredRun> runs = encode.tier().qualities().stream()
                    .collect(Collectors.toMap(
                            quality -> quality, quality -> made(quality, chunk.firstSegment(), frames, files)));
            String next = chunk.last() ? null : "frame-" + (chunk.index() + 1);
            return new ChunkMade(chunk.frames(), "frame-" + chunk.index(), next, false, runs);
        }
        if (work instanceof Work.EncodeAudio) {
            List<Integer> one = List.of((int) plan.grid().frames());
            return new AudioMade(
                    false,
                    plan.audio().stream()
                            .map(AudioRendition::folder)
                            .collect(Collectors.toMap(folder -> folder, folder -> made(folder, 0, one, files))));
        }
        files.add("poster.webp");
        return new PosterMade(BYTES);
    }

    private static StoredRun made(String folder, int first, List<Integer> frames, List<String> files) {
        files.add(folder + "/init.mp4");
        List<StoredSegment> segments = new ArrayList<>();
        for (int length : frames) {
            files.add(folder + "/" + Playlists.segmentName(first + segments.size()));
            segments.add(new StoredSegment(length, BYTES, "a".repeat(64)));
        }
        return new StoredRun(FRAMES_A_SECOND, "init-" + folder, "avc1.64001f", segments);
    }
}
