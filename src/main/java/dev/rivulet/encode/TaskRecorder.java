package dev.rivulet.encode;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.ReportProgress;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the results of tasks durable, in this order: files under their final names, then the row, then the word. */
final class TaskRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRecorder.class);

    private final Bus bus;
    private final VideoStore videos;
    private final TaskStore tasks;
    private final MediaFiles files;
    private final WorkFolders folders;
    private final RetryPolicy policy;
    private final LeaseKeeper leases;

    TaskRecorder(EncodeParts parts, LeaseKeeper leases) {
        this.bus = parts.bus();
        this.videos = parts.videos();
        this.tasks = parts.tasks();
        this.files = parts.files();
        this.folders = parts.folders();
        this.policy = parts.policy();
        this.leases = leases;
    }

    /** Records the end of a task, however long the database is away; nothing of it when the task is somebody else's. */
    Future<Void> record(RunningTask task, TaskReport report) {
        return report instanceof TaskReport.Made made
                ? stillOurs(task).compose(held -> held ? store(task, made) : late(task))
                : fail(task, ((TaskReport.NotMade) report).failure());
    }

    /**
     * Before files are stored. Where a source turns out to be shorter than planned, the sound and the subtitles are made
     * again for the new end, perhaps while somebody is still at them for the old one.
     */
    private Future<Boolean> stillOurs(RunningTask task) {
        TaskKind kind = task.claim().kind();
        return kind == TaskKind.AUDIO || kind == TaskKind.SUBTITLES ? leases.confirmed(task) : leases.holds(task);
    }

    private Future<Void> store(RunningTask task, TaskReport.Made made) {
        Path folder = folders.task(task.lease());
        // A long film has thousands of names, and this runs on the event loop.
        Set<String> earlier = new HashSet<>(names(task, 0, task.storedSegments()));
        List<String> left =
                made.files().stream().filter(name -> !earlier.contains(name)).toList();
        return files.putAll(task.claim().video(), folder, left, task.held()).transform(stored -> {
            if (stored.failed()) {
                return fail(task, storage(stored.cause()));
            }
            return stored.result()
                    ? leases.untilAnswered(() -> tasks.finish(task.lease(), made.result(), policy))
                            .compose(finish -> told(task, finish))
                    : record(task, made);
        });
    }

    /** Records a failed attempt. */
    Future<Void> fail(RunningTask task, TaskFailure failure) {
        LOG.warn(
                "video={} task={} attempt={} kind={} failed: {}",
                task.claim().video(),
                task.lease().task(),
                task.lease().attempt(),
                failure.kind(),
                failure.reason());
        return leases.untilAnswered(() -> tasks.fail(task.lease(), failure, policy))
                .onSuccess(fate -> follow(task.claim().video()))
                .mapEmpty();
    }

    /**
     * Records how far a task is, and publishes the sound that is ready, unless the lease may have ended meanwhile; false
     * when it was lost.
     */
    Future<Boolean> tick(RunningTask task, double fraction, int segments) {
        VideoId video = task.claim().video();
        int stored = task.storedSegments();
        Future<Boolean> published = Future.succeededFuture(true);
        if (segments > stored) {
            Path ready = folders.task(task.lease()).resolve(GrowingFolders.READY);
            // Asked first, for the reason at stillOurs; a sign of life waits for no answer.
            published = tasks.tick(task.lease(), fraction, stored)
                    .compose(held -> held
                            ? files.putAll(video, ready, names(task, stored, segments), task.held())
                            : Future.succeededFuture(false))
                    .onSuccess(moved -> task.stored(moved ? segments : stored));
        }
        return published
                .compose(moved -> tasks.tick(task.lease(), fraction, moved ? segments : stored))
                .compose(held -> {
                    if (!held) {
                        task.held().lose();
                        return withdraw(video).map(false);
                    }
                    bus.command(Address.PUBLISH_PROGRESS, new ReportProgress(video));
                    if (task.storedSegments() > stored) {
                        if (task.claim().kind() == TaskKind.MEZZANINE) {
                            bus.command(Address.ENCODE_TOP_UP, new TopUp(video));
                        } else {
                            bus.command(Address.JOIN_VIDEO, new JoinVideo(video));
                        }
                    }
                    return Future.succeededFuture(true);
                })
                // The next sign of life is a second away.
                .recover(failure -> failure instanceof UnavailableException
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(failure));
    }

    private Future<Void> told(RunningTask task, Finish finish) {
        VideoId video = task.claim().video();
        if (finish instanceof Finish.Stale) {
            return late(task);
        }
        if (finish instanceof Finish.Redo redo) {
            LOG.warn("video={} task={} a seam does not fit: {}", video, redo.task(), redo.fate());
        }
        if (finish instanceof Finish.Accepted accepted && task.claim().kind() == TaskKind.CHUNK) {
            followChunk(task.claim(), accepted);
        } else {
            follow(video);
        }
        return Future.succeededFuture();
    }

    /** One chunk more can be joined only where the preview grows, or where it was its tier's last. */
    private void followChunk(Claim claim, Finish.Accepted accepted) {
        bus.command(Address.ENCODE_TOP_UP, new TopUp(claim.video()));
        bus.command(Address.PUBLISH_PROGRESS, new ReportProgress(claim.video()));
        if (claim.tier() == 0 || accepted.last()) {
            bus.command(Address.JOIN_VIDEO, new JoinVideo(claim.video()));
        }
    }

    /** The task is somebody else's, or it was recorded and only the answer was lost: either way the rows tell. */
    private Future<Void> late(RunningTask task) {
        VideoId video = task.claim().video();
        LOG.warn(
                "video={} task={} came too late: its lease was lost",
                video,
                task.lease().task());
        follow(video);
        return withdraw(video);
    }

    /** A video may have been deleted or cancelled while its last files were being stored. */
    private Future<Void> withdraw(VideoId video) {
        return videos.outline(video)
                .compose(row -> row.filter(found -> found.status() != VideoStatus.CANCELLED)
                                .isPresent()
                        ? Future.succeededFuture()
                        : files.deleteAll(video));
    }

    private void follow(VideoId video) {
        bus.command(Address.ENCODE_TOP_UP, new TopUp(video));
        bus.command(Address.JOIN_VIDEO, new JoinVideo(video));
        bus.command(Address.PUBLISH_PROGRESS, new ReportProgress(video));
        bus.command(Address.PUBLISH_VIDEO, new PublishVideo(video));
    }

    /** Names of what is published while the task runs. */
    private static List<String> names(RunningTask task, int first, int end) {
        return switch (task.claim().kind()) {
            case AUDIO ->
                GrowingFolders.names(
                        SoundPart.of(task.claim().tier()).only(task.claim().plan()).audio().stream()
                                .map(AudioRendition::folder)
                                .toList(),
                        first,
                        end);
            case MEZZANINE -> Mezzanine.names(first, end);
            case CHUNK, SUBTITLES, POSTER -> List.of();
        };
    }

    private static TaskFailure storage(Throwable cause) {
        return new TaskFailure(FailureKind.STORAGE, "storing the files: " + cause, "");
    }
}
