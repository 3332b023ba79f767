package dev.rivulet.encode;

import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.MezzanineCommand;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskResult;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the intermediate of a source that is read from beginning to end. Blocks. */
final class MezzanineMaker {
    private final FfmpegRunner runner;

    MezzanineMaker(FfmpegRunner runner) {
        this.runner = runner;
    }

    /**
     * A source that ffmpeg cannot read to its end counts as one that ends there, but only after one such failure: that may
     * have had another reason.
     */
    TaskReport make(
            RunTask task, MediaPlan plan, int threads, Place place, Path log, Duration limit, TaskWorker.Ticks ticks)
            throws IOException, WorkFailedException {
        Path folder = place.folder();
        Files.createDirectories(folder.resolve(Mezzanine.FOLDER));
        GrowingChunks growth = new GrowingChunks(folder, plan);
        double frames = plan.grid().frames();
        RunResult result = runner.ffmpeg(
                task.lease(),
                MezzanineCommand.of(plan, threads, place),
                place.access(),
                log,
                limit,
                report -> ticks.tick(Math.min(1, report.frame / frames), growth.ready()));
        int count = present(folder, plan);
        if (!result.ok()) {
            boolean again = !result.gaveUp() || task.failures() == 0;
            if (count < 2 || again) {
                throw new WorkFailedException(result.failureKind(count > 0), result.reason(), result.log());
            }
            // The file that was being written is of no use.
            count--;
        }
        long length = 0;
        while (count > 0 && length == 0) {
            length = frames(task.lease(), folder.resolve(Mezzanine.chunk(count - 1)));
            count -= length == 0 ? 1 : 0;
        }
        if (count == 0) {
            throw new WorkFailedException(FailureKind.INPUT, "there is no picture that can be decoded", result.log());
        }
        growth.finish(count);
        Chunk last = plan.chunks().chunks().get(count - 1);
        long made = last.firstFrame() + length;
        if (made > plan.grid().frames()) {
            throw new WorkFailedException(
                    FailureKind.TOOL, made + " frames, " + plan.grid().frames() + " planned", "");
        }
        return new TaskReport.Made(new TaskResult.MezzanineMade(made), Mezzanine.names(0, count));
    }

    private static int present(Path folder, MediaPlan plan) throws IOException {
        int count = 0;
        int most = plan.chunks().chunks().size();
        while (count < most) {
            Path file = folder.resolve(Mezzanine.chunk(count));
            if (!Files.exists(file) || Files.size(file) == 0) {
                break;
            }
            count++;
        }
        return count;
    }

    /**
     * Frames of a last file, 0 when there is none in it. Every file before it is as long as planned, which the encoding of
     * its chunk proves.
     */
    private long frames(Lease lease, Path file) throws IOException {
        List<String> args = List.of(
                "-v", "quiet", "-format_whitelist", "mov", "-show_entries", "stream=nb_frames", "-of", "csv=p=0");
        List<String> command = new ArrayList<>(args);
        command.add(file.toString());
        return runner.ask(lease, file.toString(), command).stream()
                .filter(line -> line.matches("\\d{1,9}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
