package dev.rivulet.encode;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.bus.Contract.TaskTick;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.bus.Fault;
import dev.rivulet.config.Settings;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each slot its next task when the slot is free, keeps the lease alive, records the end. */
public final class EncodeDispatcher extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(EncodeDispatcher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Longer than any task: an ffmpeg that hangs is killed by its own limits, and only then answers. */
    private static final Duration LONGEST = Duration.ofDays(7);
    /** A window is twice what the slots hold: there is time to fill those of several tasks at once. */
    private static final Duration FILLINGS_APART = Duration.ofMillis(10);
    /** So many places are there beside the slots, for the sound of films that arrive; their addresses follow the slots'. */
    public static final int EARLY_SOUNDS = 8;

    /** Seconds that a chunk's reading begins early, by the number of attempts that failed at the seam. */
    private static final List<Rational> LEAD_INS = List.of(Rational.ONE, Rational.of(11), Rational.of(31));

    private final Bus bus;
    private final TaskStore tasks;
    private final FfmpegRunner runner;
    private final WorkFolders folders;
    private final LeaseKeeper leases;
    private final TaskRecorder recorder;
    private final Settings.Lease lease;
    private final Slots slots;
    private final Solitude solitude = new Solitude();
    private final WindowFiller windows;
    private final Threads threads;
    private final Pauses pauses;
    private final EarlySounds sounds;
    private final RunningTasks running;
    private final Promise<Void> idle = Promise.promise();
    private boolean stopping;

    /**
     * @param worker name of this node, shown in the manifest
     * @param steady number of slots that take whatever is most urgent, each an {@link EncodeVerticle}
     * @param urgent number of slots, numbered after these, that take urgent tasks while lasting ones hold the others
     */
    public EncodeDispatcher(EncodeParts parts, Settings.Lease lease, String worker, int steady, int urgent) {
        this.bus = parts.bus();
        this.tasks = parts.tasks();
        TaskQueue queue = parts.queue();
        this.runner = parts.runner();
        this.running = new RunningTasks(runner);
        this.folders = parts.folders();
        this.leases = new LeaseKeeper(tasks, lease, System::nanoTime, pause -> vertx.timer(pause.toMillis())
                .mapEmpty());
        this.recorder = new TaskRecorder(parts, leases);
        this.lease = lease;
        this.windows = new WindowFiller(tasks, queue, 2 * steady, () -> vertx.timer(FILLINGS_APART.toMillis())
                .mapEmpty());
        this.threads = new Threads(queue, steady, System::nanoTime);
        this.pauses = new Pauses(Runtime.getRuntime().availableProcessors(), runner::pause, runner::goOn);
        this.sounds = new EarlySounds(steady + urgent, EARLY_SOUNDS, this::run);
        DiskGate disk = new DiskGate(
                parts.room(),
                parts.policy(),
                () -> running.reserved(parts.room().least()),
                System::nanoTime,
                (pause, look) -> vertx.setTimer(pause.toMillis(), timer -> look.run()));
        TaskIntake.Gate gate = new TaskIntake.Gate() {
            @Override
            public Future<Void> take() {
                return disk.reopened().compose(opened -> solitude.open());
            }

            @Override
            public Future<Void> claim() {
                return disk.open();
            }
        };
        this.slots = new Slots(
                steady,
                urgent,
                share -> new TaskIntake(
                        queue,
                        tasks,
                        share,
                        new TaskIntake.Claimant(worker, lease.duration(), System::nanoTime),
                        gate,
                        this::begin,
                        again -> vertx.setTimer(PAUSE.toMillis(), timer -> again.run())));
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(lease.renew().toMillis(), timer -> renew());
        return bus.serve(Address.ENCODE_TOP_UP, TopUp.class, this::topUp)
                .compose(served -> bus.serve(Address.ENCODE_TICK, TaskTick.class, this::tick))
                .compose(served -> bus.serve(Address.STOP_VIDEO, StopVideo.class, this::end))
                .compose(served -> bus.serve(Address.ENCODE_STOP, StopVideo.class, order -> running.end(order.video())
                        .map(over -> new Contract.Done())))
                .onSuccess(served -> slots.open());
    }

    private Future<Contract> end(StopVideo order) {
        running.kill(order.video());
        return Future.succeededFuture(new Contract.Done());
    }

    /** Claims nothing more; completes when what runs has ended. {@link #cutOff} hastens that. */
    @Override
    public Future<?> stop() {
        stopping = true;
        return slots.close().compose(closed -> {
            // What waits for bytes would not end by itself in time.
            running.all().stream()
                    .filter(task -> task.claim().aside())
                    .forEach(task -> runner.kill(task.lease(), "is stopped with the server"));
            sounds.close().forEach(task -> tasks.release(task.lease()).onComplete(done -> {
                running.remove(task);
                whenIdle();
            }));
            LOG.info("no task is claimed any more, running={}", running.all().size());
            whenIdle();
            // Until then others may take what comes into the windows; afterwards there is no queue to offer it in.
            return idle.future().compose(over -> windows.end());
        });
    }

    /** Ends what runs, and waits for nothing any more; for a stop whose time is over. From any thread; blocks. */
    public void cutOff() {
        runner.close();
        context.runOnContext(now -> leases.stop());
    }

    private void whenIdle() {
        if (stopping && running.isEmpty()) {
            idle.tryComplete();
        }
    }

    private Future<Contract> topUp(TopUp order) {
        return windows.fill(order.video()).map(done -> new Contract.Done());
    }

    private void begin(RunningTask task) {
        if (task.claim().aside()) {
            running.put(task);
            sounds.enter(task);
            // Not now: whoever calls is still giving slots away.
            context.runOnContext(now -> slots.unused(task));
        } else {
            run(task);
        }
    }

    private void run(RunningTask task) {
        boolean aside = task.claim().aside();
        running.put(task);
        task.begin();
        if (!aside) {
            slots.began(task);
        }
        Claim claim = task.claim();
        if (claim.alone()) {
            LOG.info(
                    "video={} task={} has to run alone",
                    claim.video(),
                    claim.lease().task());
        }
        (aside ? Future.<Void>succeededFuture() : solitude.enter(claim.alone()))
                .compose(entered -> work(claim))
                .onSuccess(work -> atWork(task, work instanceof Work.EncodeChunk chunk ? chunk.threads() : 1))
                .compose(work -> bus.ask(
                        Address.ENCODE_SLOT.of(task.slot()),
                        new RunTask(claim.lease(), claim.video(), claim.failures(), work, claim.arriving()),
                        LONGEST,
                        TaskReport.class))
                // Not only when that is on record, for which a database may have to come back.
                .onComplete(answered -> atWork(task, 0))
                .compose(report -> task.inOrder(() -> end(task, report)))
                .recover(failure -> end(task, new TaskReport.NotMade(unexpected(failure))))
                .eventually(() -> WorkFolders.remove(vertx, folders.task(task.lease())))
                .onComplete(done -> {
                    if (done.failed()) {
                        // The lease expires and recovery takes the task back.
                        LOG.error(
                                "video={} task={} could not be recorded",
                                claim.video(),
                                claim.lease().task(),
                                done.cause());
                    }
                    running.remove(task);
                    task.end();
                    whenIdle();
                    if (aside) {
                        sounds.leave(task.slot());
                    } else {
                        solitude.leave();
                        slots.ended(task);
                    }
                });
    }

    /** What the stop cut off is nobody's failure. */
    private Future<Void> end(RunningTask task, TaskReport report) {
        boolean cutOff = stopping
                && report instanceof TaskReport.NotMade made
                && made.failure().kind() == FailureKind.LOST;
        return cutOff ? tasks.release(task.lease()) : recorder.record(task, report);
    }

    private void atWork(RunningTask task, int threads) {
        task.work(threads);
        pauses.look(running.all());
    }

    private Future<Work> work(Claim claim) {
        return switch (claim.kind()) {
            case AUDIO ->
                Future.succeededFuture(
                        new Work.EncodeAudio(SoundPart.of(claim.tier()).only(claim.plan())));
            case MEZZANINE -> threads.of(claim).map(count -> new Work.MakeMezzanine(claim.plan(), count));
            case SUBTITLES -> Future.succeededFuture(new Work.MakeSubtitles(claim.plan()));
            case POSTER -> Future.succeededFuture(new Work.MakePoster(claim.plan()));
            case CHUNK ->
                threads.of(claim)
                        .map(count -> new Work.EncodeChunk(
                                claim.plan(),
                                claim.plan().chunks().chunks().get(claim.chunk()),
                                claim.plan().tiers().get(claim.tier()),
                                count,
                                LEAD_INS.get(Math.min(claim.seamFailures(), LEAD_INS.size() - 1))));
        };
    }

    private Future<Contract> tick(TaskTick tick) {
        RunningTask task = running.find(tick.lease().task());
        if (task != null
                && task.lease().equals(tick.lease())
                && task.worthTelling(tick.segments(), System.nanoTime())) {
            return task.inOrder(() -> recorder.tick(task, tick.fraction(), tick.segments())
                            .onSuccess(held -> {
                                if (!held) {
                                    runner.kill(task.lease(), "lost its lease");
                                }
                            })
                            .mapEmpty())
                    .map(done -> new Contract.Done());
        }
        return Future.succeededFuture(new Contract.Done());
    }

    private void renew() {
        leases.renew(running.all())
                .onSuccess(lost -> lost.forEach(task -> runner.kill(task.lease(), "lost its lease")));
    }

    /** A worker that does not answer is lost; everything else that nobody expected is a defect, which counts. */
    private static TaskFailure unexpected(Throwable failure) {
        boolean silent = failure instanceof ReplyException && !(failure instanceof Fault);
        FailureKind kind = silent || failure instanceof UnavailableException ? FailureKind.LOST : FailureKind.TOOL;
        return new TaskFailure(kind, failure.toString(), "");
    }
}
