package dev.rivulet.encode;

import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.ffmpeg.AudioCommand;
import dev.rivulet.ffmpeg.ChunkCommand;
import dev.rivulet.ffmpeg.DiskRoom;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Niceness;
import dev.rivulet.ffmpeg.Pace;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.PosterCommand;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.job.DiskFull;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskResult;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SourceClass;
import dev.rivulet.store.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.bramp.ffmpeg.progress.Progress;

/** Makes what a task wants in a folder of its own and checks it. Blocks. */
final class TaskWorker {
    private static final String LOG = "log.txt";
    /** Sound that takes longer than a moment to encode, in seconds of it. */
    private static final double LONG_SOUND = 600;

    /** How often the files of an upload take other names with its last byte. */
    private static final int RENAMES = 2;
    /** Failures after which a sound that cannot be read is taken for silence: the picture is worth more. */
    private static final int SILENT_AFTER = 2;

    private final FfmpegRunner runner;
    private final Room room;
    private final MezzanineMaker mezzanines;
    private final SubtitleMaker subtitles;

    /** @param room told of writes that found none */
    TaskWorker(FfmpegRunner runner, Room room) {
        this.runner = runner;
        this.room = room;
        this.mezzanines = new MezzanineMaker(runner);
        this.subtitles = new SubtitleMaker(runner);
    }

    /** Told how far a task is: fraction of the work, and segments of sound or chunks of an intermediate that are ready. */
    interface Ticks {
        void tick(double fraction, int segments);
    }

    TaskReport run(RunTask task, Reading.Opening source, Path folder, Ticks ticks) {
        TaskReport report = work(task, source, folder, ticks);
        boolean named = task.arriving() != null && !(task.work() instanceof Work.EncodeAudio);
        for (int renamed = 0; named && renamed < RENAMES && failed(report); renamed++) {
            report = work(task, source, folder, ticks);
        }
        return runner.closed()
                ? new TaskReport.NotMade(new TaskFailure(FailureKind.LOST, "was stopped with the server", ""))
                : report;
    }

    private static boolean failed(TaskReport report) {
        return report instanceof TaskReport.NotMade made
                && made.failure().kind() != FailureKind.LOST
                && made.failure().kind() != FailureKind.MEMORY;
    }

    private TaskReport work(RunTask task, Reading.Opening source, Path folder, Ticks ticks) {
        Blame blame = new Blame(room, folder);
        try (Reading reading = source.open()) {
            Files.createDirectories(folder);
            Place place = reading.place(folder, runner.limits());
            Work work = task.work();
            if (work instanceof Work.EncodeChunk chunk) {
                return chunk(task.lease(), chunk, place, ticks);
            } else if (work instanceof Work.EncodeAudio audio) {
                return audio(task, audio.plan(), reading, place, ticks);
            } else if (work instanceof Work.MakeMezzanine mezzanine) {
                MediaPlan plan = mezzanine.plan();
                Duration limit = TimeLimits.ofPicture(
                        plan, List.of(plan.largest()), plan.grid().frames());
                return mezzanines.make(task, plan, mezzanine.threads(), place, folder.resolve(LOG), limit, ticks);
            } else if (work instanceof Work.MakeSubtitles texts) {
                Duration limit = TimeLimits.ofReading(texts.plan());
                return subtitles.make(task, texts.plan(), place, folder.resolve(LOG), limit, ticks);
            }
            return poster(task.lease(), work.plan(), place);
        } catch (WorkFailedException e) {
            return new TaskReport.NotMade(blame.of(e.failure()));
        } catch (IOException e) {
            return new TaskReport.NotMade(blame.of(e));
        }
    }

    private TaskReport chunk(Lease lease, Work.EncodeChunk work, Place place, Ticks ticks)
            throws IOException, WorkFailedException {
        Path folder = place.folder();
        MediaPlan plan = work.plan();
        List<Rendition> renditions = plan.renditions(work.tier());
        for (Rendition rendition : renditions) {
            Files.createDirectories(folder.resolve(rendition.quality()));
        }
        int frames = work.chunk().frames();
        boolean sequential = plan.sourceClass() == SourceClass.MEZZANINE;
        List<String> args = sequential
                ? ChunkCommand.ofMezzanine(plan, work.chunk(), work.tier(), work.threads(), place)
                : ChunkCommand.of(plan, work.chunk(), work.tier(), new Pace(work.threads(), work.leadIn()), place);
        ffmpeg(
                lease,
                args,
                place,
                TimeLimits.ofPicture(plan, renditions, frames),
                plan.tiers().indexOf(work.tier()) == 0 ? Niceness.PROMPT : Niceness.PATIENT,
                report -> ticks.tick(Math.min(1, report.frame / (double) frames), 0),
                FailureKind.INPUT);
        SeamHashes seam = sequential
                ? SeamHashes.plain(Path.of(place.source() + Mezzanine.SEAM))
                : SeamHashes.read(folder.resolve(ChunkCommand.SEAM_FILE));
        String first = seam.first()
                .orElseThrow(() -> new WorkFailedException(
                        FailureKind.INPUT,
                        "there is no picture after "
                                + plan.grid().time(work.chunk().firstFrame()).toDecimal(1) + " s",
                        ""));
        Map<String, TaskResult.StoredRun> runs = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        int made = -1;
        for (Rendition rendition : renditions) {
            int segment = work.chunk().firstSegment();
            MadeRun run = MadeRun.read(
                    folder.resolve(rendition.quality()),
                    new MadeRun.Expected(
                            segment,
                            plan.grid().time(work.chunk().firstFrame()),
                            0,
                            work.chunk().segments()));
            made = made < 0 ? run.totalSamples() : made;
            boolean asPlanned = run.samples().equals(plan.chunks().segmentFrames(work.chunk(), made));
            if (made == run.totalSamples() && made < frames) {
                Rational end = plan.grid().time(work.chunk().firstFrame() + made);
                throw new WorkFailedException(
                        FailureKind.INPUT, "the picture breaks off after " + end.toDecimal(1) + " s", "");
            }
            if (made != run.totalSamples() || !asPlanned || made > frames) {
                throw new WorkFailedException(
                        FailureKind.TOOL,
                        rendition.quality() + ": segments of " + run.samples() + " frames, " + frames + " planned",
                        "");
            }
            runs.put(rendition.quality(), run.run());
            files.addAll(run.files(rendition.quality(), segment));
        }
        String next = work.chunk().last() ? null : seam.next().orElse(null);
        return new TaskReport.Made(new TaskResult.ChunkMade(made, first, next, sequential, runs), files);
    }

    private TaskReport audio(RunTask task, MediaPlan plan, Reading reading, Place place, Ticks ticks)
            throws IOException, WorkFailedException {
        Path folder = place.folder();
        for (AudioRendition audio : plan.audio()) {
            Files.createDirectories(folder.resolve(audio.folder()));
        }
        // Sound that turned out not to be as its header says, or damaged, is encoded the next time.
        boolean copy = task.failures() == 0 && plan.audio().stream().anyMatch(AudioRendition::copied);
        double seconds = plan.grid().duration().toDouble();
        GrowingFolders growth = new GrowingFolders(
                folder, plan.audio().stream().map(AudioRendition::folder).toList());
        boolean silent = task.failures() >= SILENT_AFTER;
        RunResult result = ffmpeg(
                task.lease(),
                silent ? AudioCommand.silent(plan, place) : AudioCommand.of(plan, copy, place),
                place,
                TimeLimits.ofSound(plan),
                // What is fed lasts as long as its film arrives.
                reading.feed() != null || seconds > LONG_SOUND ? Niceness.LASTING : Niceness.PROMPT,
                report -> ticks.tick(Math.max(0, Math.min(1, report.out_time_ns / 1e9 / seconds)), growth.ready()),
                FailureKind.TOOL);
        if (DiskRoom.exhausted(folder)) {
            throw new WorkFailedException(
                    FailureKind.STORAGE, "the sound may be cut off: " + DiskFull.WORDS, result.log());
        }
        if (reading.cutShort()) {
            throw new WorkFailedException(FailureKind.LOST, "the file does not arrive any more", result.log());
        }
        if (reading.feed() != null && !result.log().isEmpty()) {
            throw new WorkFailedException(FailureKind.TOOL, "the sound has to be looked at as a whole", result.log());
        }
        if (copy && !result.log().isEmpty()) {
            throw new WorkFailedException(FailureKind.TOOL, "the sound cannot be taken over as it is", result.log());
        }
        // Decoders complain about good sources too: only what they gave tells.
        boolean lost = !silent && !result.log().isEmpty() && nothingDecoded(task.lease(), plan, place);
        Map<String, TaskResult.StoredRun> runs = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        int most = plan.open() ? Integer.MAX_VALUE : plan.chunks().segments() + 1;
        for (AudioRendition audio : plan.audio()) {
            long slack = copy && audio.copied() ? AudioPlan.FRAME_SAMPLES : 0;
            MadeRun run =
                    MadeRun.read(folder.resolve(audio.folder()), new MadeRun.Expected(0, Rational.ZERO, slack, most));
            if (run.samples().isEmpty()) {
                throw new WorkFailedException(FailureKind.TOOL, audio.folder() + ": no segment", "");
            }
            runs.put(audio.folder(), run.run());
            files.addAll(run.files(audio.folder(), 0));
        }
        return new TaskReport.Made(new TaskResult.AudioMade(silent || lost, runs), files);
    }

    private boolean nothingDecoded(Lease lease, MediaPlan plan, Place place) throws WorkFailedException {
        Duration limit = TimeLimits.ofReading(plan);
        Path log = place.folder().resolve("count.txt");
        RunResult result =
                runner.ffmpeg(lease, AudioCommand.counting(plan, place), place.access(), log, limit, report -> {});
        if (result.brokenOff()) {
            throw new WorkFailedException(result.failureKind(true), result.reason(), result.log());
        }
        return AudioCommand.nothingDecoded(result.log());
    }

    private TaskReport poster(Lease lease, MediaPlan plan, Place place) throws IOException, WorkFailedException {
        Path folder = place.folder();
        Path poster = folder.resolve(PosterCommand.FILE);
        // Where a source cannot be sought, or is damaged there, its beginning has to do.
        for (boolean sought : new boolean[] {true, false}) {
            RunResult result = runner.ffmpeg(
                    lease,
                    PosterCommand.of(plan, sought, place),
                    place.access(),
                    folder.resolve(LOG),
                    TimeLimits.START,
                    report -> {});
            if (!result.ok() && !result.gaveUp()) {
                throw new WorkFailedException(result.failureKind(false), result.reason(), result.log());
            }
            if (result.ok() && Files.exists(poster) && Files.size(poster) > 0) {
                return new TaskReport.Made(new TaskResult.PosterMade(Files.size(poster)), List.of(PosterCommand.FILE));
            }
        }
        throw new WorkFailedException(FailureKind.INPUT, "no frame for the poster", "");
    }

    /** @param nothing kind of a failure by which nothing could be decoded */
    private RunResult ffmpeg(
            Lease lease,
            List<String> args,
            Place place,
            Duration limit,
            Niceness niceness,
            Consumer<Progress> progress,
            FailureKind nothing)
            throws WorkFailedException {
        AtomicLong made = new AtomicLong();
        RunResult result =
                runner.ffmpeg(lease, args, place.access(), place.folder().resolve(LOG), limit, niceness, report -> {
                    made.accumulateAndGet(report.frame + report.out_time_ns, Math::max);
                    progress.accept(report);
                });
        if (!result.ok()) {
            FailureKind kind = result.failureKind(made.get() > 0);
            throw new WorkFailedException(kind == FailureKind.INPUT ? nothing : kind, result.reason(), result.log());
        }
        return result;
    }
}
