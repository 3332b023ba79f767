package dev.rivulet.publish;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.ReportProgress;
import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.bus.Contract.WriteMaster;
import dev.rivulet.bus.Turns;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes playlists, states and updates true, whatever message comes and however often. */
public final class PublishVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PublishVerticle.class);

    private final Bus bus;
    private final VideoStore videos;
    private final TaskStore tasks;
    private final MediaFiles files;
    private final boolean keepSource;
    private final InstantSource clock;
    /** A turn that waits serves whoever asks, so each kind of work has its own turns. */
    private final Turns<VideoId> publishing = new Turns<>();

    private final Turns<VideoId> reporting = new Turns<>();

    /** @param keepSource whether the uploaded file outlives the encoding */
    public PublishVerticle(
            Bus bus, VideoStore videos, TaskStore tasks, MediaFiles files, boolean keepSource, InstantSource clock) {
        this.bus = bus;
        this.videos = videos;
        this.tasks = tasks;
        this.files = files;
        this.keepSource = keepSource;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.serve(
                        Address.PUBLISH_VIDEO,
                        PublishVideo.class,
                        order -> inTurn(publishing, order.video(), this::publish))
                .compose(served -> bus.serve(
                        Address.PUBLISH_MASTER,
                        WriteMaster.class,
                        order -> inTurn(publishing, order.video(), this::masterAgain)))
                .compose(served -> bus.serve(
                        Address.PUBLISH_PROGRESS,
                        ReportProgress.class,
                        order -> inTurn(reporting, order.video(), this::progress)))
                .compose(served -> bus.serve(Address.PUBLISH_UPLOAD, UploadMoved.class, this::uploading));
    }

    /** Completes when what is being published is out. */
    @Override
    public Future<?> stop() {
        return Future.join(publishing.end(), reporting.end());
    }

    private Future<Contract> inTurn(
            Turns<VideoId> turns, VideoId id, java.util.function.Function<Video, Future<Void>> work) {
        return turns.run(id, () -> videos.outline(id)
                        .compose(found -> found.map(work).orElseGet(Future::succeededFuture)))
                .map(done -> new Contract.Done());
    }

    private Future<Void> publish(Video video) {
        if (video.status().settled()) {
            return video.tidied() ? Future.succeededFuture() : cleanUp(video, video.status());
        }
        MediaPlan plan = video.plan();
        if (plan == null) {
            return Future.succeededFuture();
        }
        Future<Boolean> preview = video.previewable()
                ? Future.succeededFuture(true)
                : files.find(video.id(), "preview.m3u8").map(Optional::isPresent);
        return preview.compose(written -> tasks.summary(video.id()).compose(work -> master(video, plan)
                .compose(nothing ->
                        honest(video, plan, Publication.announcements(video, Publication.Extras.of(work), written)))
                .compose(announcements -> say(video, announcements))));
    }

    /** A video is complete only if its source was. */
    private Future<List<Announcement>> honest(Video video, MediaPlan plan, List<Announcement> announcements) {
        int last = announcements.size() - 1;
        if (announcements.get(last).status() != VideoStatus.COMPLETED) {
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

    /** The playlist is there before anybody hears of it. */
    private Future<Void> master(Video video, MediaPlan plan) {
        List<RenditionRow> listed = Publication.listed(video);
        if (listed.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<Optional<AudioMade>> sound =
                plan.audio().isEmpty() ? Future.succeededFuture(Optional.empty()) : tasks.audio(video.id());
        Future<Optional<SubtitlesMade>> texts =
                plan.subtitles().isEmpty() ? Future.succeededFuture(Optional.empty()) : tasks.subtitles(video.id());
        return sound.compose(made -> texts.compose(text ->
                files.write(video.id(), "master.m3u8", Buffer.buffer(MasterPlaylist.of(plan, listed, made, text)))));
    }

    private Future<Void> masterAgain(Video video) {
        MediaPlan plan = video.plan();
        return plan == null ? Future.succeededFuture() : master(video, plan);
    }

    private Future<Void> say(Video video, List<Announcement> announcements) {
        Future<Void> said = Future.succeededFuture();
        for (Announcement announcement : announcements) {
            said = said.compose(nothing -> say(video.id(), announcement))
                    .compose(told -> told
                                    && announcement.status() != null
                                    && announcement.status().settled()
                            ? cleanUp(video, announcement.status())
                            : Future.succeededFuture());
        }
        return said;
    }

    private Future<Boolean> say(VideoId id, Announcement announcement) {
        return videos.announce(id, announcement).map(update -> {
            update.ifPresent(said -> {
                LOG.info("video={} seq={} stage={}", id, said.seq(), announcement.stage());
                bus.event(Address.EVENTS, id, said.body());
            });
            return update.isPresent();
        });
    }

    /** No playlist grows for ever, and nothing is kept that nobody can use. Repeated until it is done. */
    private Future<Void> cleanUp(Video video, VideoStatus end) {
        return removed(video, end).compose(removed -> videos.tidied(video.id(), end));
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

    private Future<Void> progress(Video video) {
        if (video.plan() == null || video.status().settled()) {
            return Future.succeededFuture();
        }
        return tasks.summary(video.id()).compose(work -> Progress.update(video, work.progress(), clock.instant())
                .map(update -> say(video.id(), update).<Void>mapEmpty())
                .orElseGet(Future::succeededFuture));
    }

    private Future<Contract> uploading(UploadMoved moved) {
        Announcement update =
                Announcement.repeatable("uploading", null, Map.of("uploaded", moved.uploaded(), "size", moved.size()));
        return say(moved.video(), update).map(said -> new Contract.Done());
    }
}
