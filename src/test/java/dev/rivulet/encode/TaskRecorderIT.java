package dev.rivulet.encode;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.config.Settings;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.disk.DiskMediaFiles;
import dev.rivulet.store.pg.PgTaskStore;
import dev.rivulet.store.pg.PgVideoStore;
import dev.rivulet.store.redis.RedisTaskQueue;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of results that come late, or while the database is away. */
class TaskRecorderIT {
    private static final MediaPlan PLAN = Samples.plan(20);
    private static final Settings.Lease LEASE = new Settings.Lease(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final String SEGMENT = "144p/seg_00000.m4s";

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestServers.database().pool(vertx, 4);
    private final PgVideoStore videos = new PgVideoStore(pool, "test");
    private final PgTaskStore tasks = new PgTaskStore(videos);
    private final VideoId video = VideoId.random();
    private volatile long clock;
    private volatile int outage;
    private DiskMediaFiles files;
    private WorkFolders folders;
    private LeaseKeeper leases;
    private TaskRecorder recorder;

    @BeforeEach
    void open() {
        files = new DiskMediaFiles(vertx, data.resolve("media"));
        folders = new WorkFolders(data.resolve("work"));
        TaskStore shaky = shaky();
        leases = new LeaseKeeper(shaky, LEASE, () -> clock, pause -> Future.succeededFuture());
        recorder = new TaskRecorder(
                new EncodeParts(
                        new Bus(vertx),
                        videos,
                        shaky,
                        new RedisTaskQueue(vertx, "redis://127.0.0.1:1", 1),
                        files,
                        folders,
                        new FfmpegRunner(
                                MadeMedia.bundled(),
                                new Limits(1, 1, 0, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                new Sandbox.None("nothing is run")),
                        new RetryPolicy(3),
                        new Room(vertx, folders, files, 0)),
                leases);
        await(videos.create(new NewVideo(video, "A film", null, "film.mp4", 1, 0, "local")));
        await(videos.uploaded(video, 1));
        await(videos.plan(video, PLAN, NewTask.of(PLAN)));
        await(tasks.topUp(video, 1000));
    }

    @AfterEach
    void close() {
        await(pool.close());
        await(vertx.close());
    }

    @Test
    void whatIsMadeUnderALeaseIsStoredAndRecorded() throws IOException {
        RunningTask task = claimed("first");
        await(recorder.record(task, made(task, "first")));
        assertThat(text()).isEqualTo("first");
        assertThat(row().state()).isEqualTo(TaskState.DONE);
    }

    /** As after SIGSTOP, another's attempt, SIGCONT. */
    @Test
    void whoComesBackAfterAnotherHasTakenOverChangesNothing() throws IOException {
        RunningTask slow = claimed("slow");
        TaskReport late = made(slow, "late");
        takeBack();
        RunningTask next = claimed("next");
        await(recorder.record(next, made(next, "next")));
        Path stored = data.resolve("media/" + video + "/" + SEGMENT);
        var written = Files.getLastModifiedTime(stored);
        clock = Duration.ofSeconds(60).toNanos();

        assertThat(await(recorder.tick(slow, 0.5, 0))).isFalse();
        await(recorder.record(slow, late));

        assertThat(text()).isEqualTo("next");
        assertThat(Files.getLastModifiedTime(stored)).isEqualTo(written);
        assertThat(row().worker()).isEqualTo("next");
        assertThat(row().attempt()).isEqualTo(2);
        assertThat(row().attempts()).singleElement().satisfies(lost -> assertThat(lost.worker())
                .isEqualTo("slow"));
    }

    /** The renewal that would have told was lost: files are safe by the clock alone. */
    @Test
    void pastTheEndOfTheLeaseNothingIsStoredBeforeTheDatabaseHasAnswered() throws IOException {
        RunningTask slow = claimed("slow");
        TaskReport late = made(slow, "late");
        takeBack();
        RunningTask next = claimed("next");
        await(recorder.record(next, made(next, "next")));
        clock = Duration.ofSeconds(60).toNanos();
        outage = 5;

        await(recorder.record(slow, late));
        assertThat(outage).isZero();
        assertThat(text()).isEqualTo("next");
    }

    @Test
    void whatWasMadeWhileTheDatabaseWasAwayIsKeptWhenNobodyTookOver() throws IOException {
        RunningTask task = claimed("patient");
        TaskReport report = made(task, "made");
        clock = Duration.ofSeconds(60).toNanos();
        outage = 5;
        await(recorder.record(task, report));
        assertThat(text()).isEqualTo("made");
        assertThat(row().state()).isEqualTo(TaskState.DONE);
        assertThat(row().attempt()).isEqualTo(1);
    }

    @Test
    void aResultIsToldAgainUntilTheDatabaseAnswers() throws IOException {
        RunningTask task = claimed("patient");
        outage = 3;
        await(recorder.record(task, made(task, "made")));
        assertThat(outage).isZero();
        assertThat(row().state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void aFailureIsToldAgainUntilTheDatabaseAnswers() {
        RunningTask task = claimed("patient");
        outage = 3;
        await(recorder.fail(task, new TaskFailure(FailureKind.TOOL, "exit 1", "")));
        assertThat(outage).isZero();
        assertThat(row().state()).isEqualTo(TaskState.WAITING);
        assertThat(row().attempts()).hasSize(1);
    }

    @Test
    void aSignOfLifeIsNotWaitedForAndShowsNothingPastTheEndOfTheLease() throws IOException {
        await(tasks.topUp(video, 1000));
        RunningTask sound = running("sound", TaskKind.AUDIO);
        Path ready = folders.task(sound.lease()).resolve(GrowingFolders.READY);
        String folder = PLAN.audio().get(0).folder();
        for (var audio : PLAN.audio()) {
            write(ready.resolve(audio.folder()).resolve("init.mp4"), "head");
            write(ready.resolve(audio.folder()).resolve("seg_00000.m4s"), "sound");
        }
        clock = Duration.ofSeconds(60).toNanos();
        assertThat(await(recorder.tick(sound, 0.1, 1))).isTrue();
        assertThat(await(files.find(video, folder + "/seg_00000.m4s"))).isEmpty();
        assertThat(await(tasks.summary(video)).audioSegments()).isZero();

        sound.held().renewed(clock);
        outage = 1;
        assertThat(await(recorder.tick(sound, 0.1, 1))).isTrue();
        assertThat(await(recorder.tick(sound, 0.2, 1))).isTrue();
        assertThat(await(files.find(video, folder + "/seg_00000.m4s"))).isPresent();
        assertThat(await(tasks.summary(video)).audioSegments()).isEqualTo(1);
    }

    @Test
    void nothingComesBackOfAVideoThatWasDeleted() throws IOException {
        RunningTask task = claimed("slow");
        TaskReport report = made(task, "late");
        await(videos.delete(video));
        await(recorder.record(task, report));
        assertThat(await(files.find(video, SEGMENT))).isEmpty();
        assertThat(data.resolve("media/" + video)).doesNotExist();
    }

    private RunningTask claimed(String worker) {
        await(tasks.topUp(video, 1000));
        return running(worker, TaskKind.CHUNK);
    }

    private RunningTask running(String worker, TaskKind kind) {
        TaskRow row = await(tasks.tasks(video)).stream()
                .filter(task ->
                        task.kind() == kind && task.tier() == (kind == TaskKind.AUDIO ? 1 : 0) && task.chunk() == 0)
                .findFirst()
                .orElseThrow();
        LocalLease held = new LocalLease(LEASE.duration(), clock, () -> clock);
        return new RunningTask(
                await(tasks.claim(row.id(), worker, LEASE.duration())).orElseThrow(), 0, held);
    }

    private void takeBack() {
        await(pool.query("UPDATE tasks SET lease_until = clock_timestamp() - interval '1 s' WHERE state = 'RUNNING'")
                .execute());
        await(tasks.reclaimExpired());
    }

    private TaskReport made(RunningTask task, String text) throws IOException {
        write(folders.task(task.lease()).resolve(SEGMENT), text);
        return new TaskReport.Made(Samples.chunk(PLAN, 0, 0), List.of(SEGMENT));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String text() {
        Buffer bytes = await(files.read(video, SEGMENT));
        return bytes.toString();
    }

    private TaskRow row() {
        return await(tasks.tasks(video)).get(0);
    }

    /** Cannot be reached for so many calls. */
    private TaskStore shaky() {
        return (TaskStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, args) -> {
                    if (outage > 0) {
                        outage--;
                        return Future.failedFuture(new UnavailableException("PostgreSQL", new IOException("refused")));
                    }
                    try {
                        return method.invoke(tasks, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
