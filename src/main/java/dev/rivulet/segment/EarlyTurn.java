package dev.rivulet.segment;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.Done;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rendition;
import dev.rivulet.segment.EarlyPlanning.Outcome;
import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.ArrivalStore.Begun;
import dev.rivulet.store.ArrivalStore.Unplanned;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans videos before all of their bytes have arrived, and holds each such plan against the whole file. */
final class EarlyTurn {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyTurn.class);
    /** Bytes after which a look that was broken off is repeated. */
    private static final long PAUSE = 4L << 20;
    /** In which a task ends that is told to. */
    private static final Duration STOPPED = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Bus bus;
    private final MediaFiles files;
    private final ArrivalStore arrivals;
    private final EarlyPlanning planning;
    private final Survey survey;
    private final FfmpegRunner runner;

    /** Looks at a whole file as at one of which nothing was planned before. */
    @FunctionalInterface
    interface Survey {
        /** Fails with a {@link RejectedSourceException} when the file cannot become a video. */
        Future<MediaPlan> of(VideoId video);
    }

    EarlyTurn(Vertx vertx, SegmentParts parts, EarlyPlanning planning, Survey survey) {
        this.vertx = vertx;
        this.bus = parts.bus();
        this.files = parts.files();
        this.arrivals = parts.arrivals();
        this.planning = planning;
        this.survey = survey;
        this.runner = parts.runner();
    }

    /** Plans an UPLOADING video, or more of it, if that can be done with what has arrived, or forgets a plan of what arrives anew. */
    Future<Void> arriving(Video video) {
        VideoId id = video.id();
        return arrivals.outdated(id).compose(outdated -> outdated ? withdraw(id, video.plan()) : attempt(id));
    }

    private Future<Void> attempt(VideoId id) {
        return arrivals.unplanned(id)
                .compose(upload -> upload.isPresent() ? look(id, upload.get()) : Future.succeededFuture());
    }

    private Future<Void> look(VideoId id, Unplanned upload) {
        return vertx.executeBlocking(() -> planning.look(id, upload), false)
                .recover(failure -> {
                    LOG.info("video={} could not be looked at yet: {}", id, failure.toString());
                    return Future.succeededFuture(new Outcome.Later(upload.arrived() + PAUSE));
                })
                .compose(outcome -> {
                    if (outcome instanceof Outcome.Planned planned) {
                        return plan(id, planned, upload).compose(done -> arrivals.lookFrom(id, planned.again()));
                    }
                    return arrivals.lookFrom(id, ((Outcome.Later) outcome).bytes());
                });
    }

    private Future<Void> plan(VideoId id, Outcome.Planned planned, Unplanned upload) {
        Begun begun = upload.begun();
        Future<Boolean> written = begun == null
                ? arrivals.plan(id, planned.source(), planned.plan(), planned.tasks())
                : arrivals.extend(id, begun, planned.source(), planned.plan(), planned.tasks());
        return written.onSuccess(made -> {
                    if (made) {
                        LOG.info(
                                "video={} planned early arrived={} size={} chunks={}{}",
                                id,
                                upload.arrived(),
                                planned.source().size(),
                                planned.plan().chunks().chunks().size(),
                                planned.plan().open() ? " so far" : "");
                        bus.command(Address.ENCODE_TOP_UP, new TopUp(id));
                        bus.command(Address.PUBLISH_VIDEO, new PublishVideo(id));
                    }
                })
                .mapEmpty();
    }

    /** Holds the plan of a PROCESSING video against the whole file, unless that has been done; without it nothing is joined. */
    Future<Void> confirm(Video video, MediaPlan plan) {
        return arrivals.unconfirmed(video.id())
                .compose(source ->
                        source.isPresent() ? confirm(video.id(), plan, source.get()) : Future.succeededFuture());
    }

    private Future<Void> confirm(VideoId id, MediaPlan plan, EarlySource source) {
        return vertx.executeBlocking(() -> planning.confirmed(id, source), false)
                .compose(same -> {
                    if (!same) {
                        return beginAgain(id, plan);
                    }
                    return plan.open() ? complete(id, plan, source) : arrivals.confirm(id);
                })
                .onSuccess(done -> {
                    bus.command(Address.SEGMENT_VIDEO, new SegmentVideo(id));
                    bus.command(Address.ENCODE_TOP_UP, new TopUp(id));
                    bus.command(Address.JOIN_VIDEO, new JoinVideo(id));
                    bus.command(Address.PUBLISH_VIDEO, new PublishVideo(id));
                });
    }

    /** With the whole file the end of the film is planned too, unless the beginning turns out to have been planned wrongly. */
    private Future<Void> complete(VideoId id, MediaPlan begun, EarlySource source) {
        return vertx.executeBlocking(() -> planning.whole(id, source), false)
                // What was found out by a look that was cut off must not decide about the video.
                .compose(found -> runner.closed()
                        ? Future.failedFuture("the server is being stopped")
                        : Future.succeededFuture(found))
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> survey.of(id)))
                .map(begun::completed)
                .recover(failure -> failure instanceof RejectedSourceException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure))
                .compose(found -> {
                    MediaPlan whole = found.orElse(null);
                    if (whole == null) {
                        return beginAgain(id, begun);
                    }
                    int from = begun.chunks().chunks().size();
                    List<NewTask> rest = NewTask.of(whole).stream()
                            .filter(task -> task.kind() != TaskKind.CHUNK || task.chunk() >= from)
                            .toList();
                    return arrivals.complete(id, whole, rest)
                            .onSuccess(done -> LOG.info(
                                    "video={} planned to its end chunks={} of which were planned early={}",
                                    id,
                                    whole.chunks().chunks().size(),
                                    from))
                            .mapEmpty();
                });
    }

    /** The files go first: without them there is no way back. What is being stored just then is replaced, or goes after. */
    private Future<Void> beginAgain(VideoId id, MediaPlan plan) {
        LOG.warn("video={} is not the file that it was planned from: it is planned again", id);
        List<String> made = made(plan);
        return files.delete(id, made).compose(gone -> arrivals.disown(id)).compose(disowned -> files.delete(id, made));
    }

    /** As above; nothing is at work on the bytes of before when this has ended. It may be cut off at any point and repeated. */
    private Future<Void> withdraw(VideoId id, @Nullable MediaPlan plan) {
        LOG.info("video={} arrives anew: what was made of it goes", id);
        List<String> made = plan == null ? List.of() : made(plan);
        return files.delete(id, made)
                .compose(gone -> arrivals.withdraw(id))
                .compose(withdrawn -> bus.ask(Address.ENCODE_STOP.text(), new StopVideo(id), STOPPED, Done.class))
                .compose(stopped -> files.delete(id, made))
                .compose(gone -> arrivals.beginAnew(id))
                .onSuccess(done -> bus.command(Address.PUBLISH_VIDEO, new PublishVideo(id)));
    }

    private static List<String> made(MediaPlan plan) {
        List<String> names = new ArrayList<>(List.of("preview.m3u8", "poster.webp"));
        names.addAll(plan.renditions().stream().map(Rendition::quality).toList());
        names.addAll(plan.audio().stream().map(AudioRendition::folder).toList());
        return names;
    }
}
