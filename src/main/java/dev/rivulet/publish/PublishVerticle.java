package dev.rivulet.publish;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.ReportProgress;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.bus.Contract.WriteMaster;
import dev.rivulet.bus.Gathering;
import dev.rivulet.bus.Turns;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.Storyboard;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Fence;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Outages;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Update;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes playlists, states and updates true, whatever message comes and however often. */
public final class PublishVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PublishVerticle.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** So often is looked how far videos are, and at so many together. */
    private static final Duration REPORTS_APART = Duration.ofMillis(100);

    private static final int MOST_REPORTS = 50;

    private final Bus bus;
    private final VideoStore videos;
    private final TaskStore tasks;
    private final MediaFiles files;
    private final Duration fresh;
    private final MasterWriter master;
    private final boolean keepSource;
    private final InstantSource clock;
    private final Turns<VideoId> publishing = new Turns<>();
    private final Gathering<VideoId, Void> reporting = new Gathering<>(
            MOST_REPORTS, () -> vertx.timer(REPORTS_APART.toMillis()).mapEmpty(), this::progress);

    /** @param keepSource whether the uploaded file outlives the encoding */
    public PublishVerticle(PublishParts parts, boolean keepSource, InstantSource clock) {
        this.bus = parts.bus();
        this.videos = parts.videos();
        this.tasks = parts.tasks();
        this.files = parts.files();
        this.fresh = parts.fresh();
        this.master = new MasterWriter(videos, tasks, files, this::fresh);
        this.keepSource = keepSource;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.serve(Address.PUBLISH_VIDEO, PublishVideo.class, order -> inTurn(order.video(), this::publish))
                .compose(served -> bus.serve(
                        Address.PUBLISH_MASTER,
                        WriteMaster.class,
                        order -> inTurn(order.video(), (video, fence) -> master.write(video.id()))))
                .compose(served -> bus.serve(Address.PUBLISH_PROGRESS, ReportProgress.class, order -> reporting
                        .run(order.video())
                        .map(done -> new Contract.Done())))
                .compose(served -> bus.serve(Address.PUBLISH_UPLOAD, UploadMoved.class, this::uploading));
    }

    /** Completes when what is being published is out. */
    @Override
    public Future<?> stop() {
        return Future.join(publishing.end(), reporting.end());
    }

    private Future<Contract> inTurn(VideoId id, BiFunction<Video, Fence, Future<Void>> work) {
        return publishing
                .run(id, () -> {
                    Fence fence = fresh();
                    return VideoStore.whileThere(videos, id, video -> work.apply(video, fence));
                })
                .map(done -> new Contract.Done());
    }

    /** Closes when what is read from now on is too old to act by: we may have been stopped for a while since. */
    private Fence fresh() {
        return new LocalLease(fresh, System.nanoTime(), System::nanoTime);
    }

    private Future<Void> publish(Video video, Fence fence) {
        if (video.status().settled()) {
            return video.tidied() ? Future.succeededFuture() : cleanUp(video, video.status(), fence);
        }
        MediaPlan plan = video.plan();
        if (plan == null) {
            return Future.succeededFuture();
        }
        Future<Boolean> preview = video.previewable()
                ? Future.succeededFuture(true)
                : files.find(video.id(), "preview.m3u8").map(Optional::isPresent);
        // The playlist is there before anybody hears of it.
        return preview.compose(written -> tasks.summary(video.id()).compose(work -> master.write(video.id())
                .compose(nothing ->
                        honest(video, plan, Publication.announcements(video, Publication.Extras.of(work), written)))
                .compose(announcements -> storyboard(video).compose(board -> {
                    List<Announcement> all = new ArrayList<>(board);
                    all.addAll(announcements);
                    return news(video, all).compose(unsaid -> say(video, unsaid, fence));
                }))));
    }

    /** What is to be said of the pictures of the seek bar: once, when they are there. */
    private Future<List<Announcement>> storyboard(Video video) {
        if (video.storyboard() || Publication.listed(video).isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return files.find(video.id(), Storyboard.INDEX)
                .map(file -> file.map(there -> Publication.storyboard(video)).stream()
                        .toList());
    }

    /** A video is complete only if its source was. */
    private Future<List<Announcement>> honest(Video video, MediaPlan plan, List<Announcement> announcements) {
        int last = announcements.size() - 1;
        if (last < 0 || announcements.get(last).status() != VideoStatus.COMPLETED) {
            return Future.succeededFuture(announcements);
        }
        return tasks.chunks(video.id(), 0)
                .compose(chunks -> tasks.audio(video.id()).map(sound -> {
                    List<Announcement> said = new ArrayList<>(announcements);
                    Publication.brokenOff(plan, chunks)
                            .or(() -> sound.filter(AudioMade::silent).map(made -> Publication.silent()))
                            .ifPresent(error -> said.set(last, Announcement.failed(VideoStatus.PARTIAL, error)));
                    return said;
                }));
    }

    /** What was not said yet: most of it was, and to find that out while saying it takes the lock of the video. */
    private Future<List<Announcement>> news(Video video, List<Announcement> announcements) {
        return videos.said(video.id()).map(said -> announcements.stream()
                .filter(announcement -> announcement.once() == null || !said.contains(announcement.once()))
                .toList());
    }

    private Future<Void> say(Video video, List<Announcement> announcements, Fence fence) {
        Future<Void> said = Future.succeededFuture();
        for (Announcement announcement : announcements) {
            VideoStatus status = announcement.status();
            if (status == null || !status.settled()) {
                said = said.compose(nothing -> say(video.id(), announcement)).mapEmpty();
            } else {
                said = said.compose(
                                nothing -> fence.open() ? say(video.id(), announcement) : Future.succeededFuture(false))
                        .compose(told -> told ? cleanUp(video, status, fence) : Future.succeededFuture());
            }
        }
        return said.onFailure(failure -> {
            if (failure instanceof UnavailableException) {
                sayAgain(video);
            }
        });
    }

    /** What was written down and only its answer was lost is not said by anybody any more: watchers would wait for it. */
    private void sayAgain(Video video) {
        Outages.outlasted(() -> videos.updatesAfter(video.id(), video.seq()), () -> vertx.timer(PAUSE.toMillis())
                        .mapEmpty())
                .onSuccess(written -> written.orElse(List.of())
                        .forEach(update -> bus.event(Address.EVENTS, video.id(), update.body())))
                .onFailure(failure -> LOG.warn("video={} watchers may have missed something", video.id(), failure));
    }

    private Future<Boolean> say(VideoId id, Announcement announcement) {
        return videos.announce(id, announcement).map(update -> {
            update.ifPresent(this::told);
            return update.isPresent();
        });
    }

    private void told(Update update) {
        LOG.info(
                "video={} seq={} stage={}",
                update.video(),
                update.seq(),
                update.body().getString("stage"));
        bus.event(Address.EVENTS, update.video(), update.body());
    }

    /** No playlist grows for ever, and nothing is kept that nobody can use. Repeated until it is done. */
    private Future<Void> cleanUp(Video video, VideoStatus end, Fence fence) {
        return fence.open()
                ? removed(video, end).compose(removed -> videos.tidied(video.id(), end))
                : Future.succeededFuture();
    }

    private Future<Void> removed(Video video, VideoStatus end) {
        boolean hopeless = end == VideoStatus.FAILED && (video.plan() == null || Publication.hopeless(video));
        if (hopeless || end == VideoStatus.CANCELLED) {
            return files.deleteAll(video.id());
        }
        List<String> gone = new ArrayList<>(Publication.misleading(video));
        gone.add(Mezzanine.FOLDER);
        if (end == VideoStatus.COMPLETED) {
            gone.add(MediaFiles.COPY);
            if (!keepSource) {
                gone.add(MediaFiles.SOURCE);
            }
        }
        return files.delete(video.id(), gone);
    }

    /** While bytes of a video arrive, what is told of them tells this too. */
    private Future<Void> progress(Set<VideoId> ids) {
        Fence fence = fresh();
        return videos.underway(ids).compose(all -> {
            Map<VideoId, Announcement> news = new HashMap<>();
            all.forEach(
                    video -> Progress.update(video, clock.instant()).ifPresent(update -> news.put(video.id(), update)));
            return news.isEmpty() || !fence.open()
                    ? Future.succeededFuture()
                    : videos.tell(news)
                            .onSuccess(told -> told.forEach(this::told))
                            .mapEmpty();
        });
    }

    private Future<Contract> uploading(UploadMoved moved) {
        Map<String, Object> fields = Map.of("uploaded", moved.uploaded(), "size", moved.size());
        return made(moved.video())
                .compose(progress -> say(moved.video(), Announcement.repeatable("uploading", progress, fields)))
                .map(said -> new Contract.Done());
    }

    /** How far the making of a video is of which bytes arrive, in percent; null before it is planned. */
    private Future<@Nullable Double> made(VideoId id) {
        return videos.outline(id).compose(found -> {
            MediaPlan plan = found.map(Video::plan).orElse(null);
            return plan == null
                    ? Future.succeededFuture()
                    : tasks.summary(id)
                            .map(work -> Double.valueOf(Progress.percent(
                                    work.progress() * plan.chunks().share())));
        });
    }
}
