package dev.rivulet.segment;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.bus.Turns;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans each uploaded video from its header alone, or refuses it with a reason. */
public final class SegmentVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentVerticle.class);

    private final Bus bus;
    private final VideoStore videos;
    private final MediaFiles files;
    private final WorkFolders folders;
    private final FfmpegRunner runner;
    private final Room room;
    private final Surveyor surveyor;
    private final SegmentParts parts;
    private final Cut cut;
    private final Turns<VideoId> turns = new Turns<>();

    /**
     * How videos are cut.
     *
     * @param segmentSeconds wanted length of a segment
     * @param chunkSegments segments of a full chunk
     */
    public record Cut(LadderSpec ladder, Rational segmentSeconds, int chunkSegments) {}

    public SegmentVerticle(SegmentParts parts, Cut cut) {
        this.bus = parts.bus();
        this.videos = parts.videos();
        this.files = parts.files();
        this.folders = parts.folders();
        this.runner = parts.runner();
        this.room = parts.room();
        this.parts = parts;
        this.cut = cut;
        this.surveyor = new Surveyor(parts.prober(), parts.runner(), cut);
    }

    @Override
    public Future<?> start() {
        EarlyTurn early = new EarlyTurn(vertx, parts, new EarlyPlanning(parts, cut), this::surveyed);
        return bus.serve(Address.SEGMENT_VIDEO, SegmentVideo.class, order -> turns.run(
                                order.video(),
                                () -> videos.outline(order.video()).compose(found -> segment(found, early)))
                        .map(done -> new Contract.Done()))
                .compose(served -> bus.serve(Address.STOP_VIDEO, StopVideo.class, order -> {
                    surveyor.stop(order.video());
                    return Future.succeededFuture(new Contract.Done());
                }));
    }

    /** Completes when no source is looked at any more. */
    @Override
    public Future<?> stop() {
        return turns.end();
    }

    private Future<Void> segment(Optional<Video> found, EarlyTurn early) {
        Video video = found.orElse(null);
        MediaPlan planned = video == null ? null : video.plan();
        if (video != null && video.status() == VideoStatus.UPLOADING) {
            return early.arriving(video);
        } else if (video != null && video.status() == VideoStatus.PROCESSING && planned != null) {
            return early.confirm(video, planned);
        } else if (!undecided(found)) {
            return Future.succeededFuture();
        }
        VideoId id = found.orElseThrow().id();
        return room.free()
                .compose(free -> free >= room.least()
                        ? segment(id, free - room.least())
                        // Recovery asks again.
                        : Future.succeededFuture());
    }

    /** @param spare bytes that a copy may take */
    private Future<Void> segment(VideoId id, long spare) {
        Path folder = folders.segment(id);
        return looked(id, folder, spare)
                .compose(plan -> keep(id, plan, folder).compose(kept -> plan(id, plan)))
                .recover(failure -> failure instanceof RejectedSourceException rejected
                        ? refuse(id, rejected)
                        : Future.failedFuture(failure))
                .onFailure(room::notice)
                .recover(failure -> videos.outline(id)
                        .compose(now -> undecided(now) ? Future.failedFuture(failure) : Future.succeededFuture()))
                .eventually(() -> WorkFolders.remove(vertx, folder));
    }

    private Future<MediaPlan> looked(VideoId id, Path folder, long spare) {
        String source = files.input(id, MediaFiles.SOURCE);
        Future<MediaPlan> looked = vertx.executeBlocking(() -> surveyor.plan(id, source, folder, spare), false);
        // What was found out by a look that was cut off must not decide about the video.
        return looked.transform(done -> runner.closed() ? Future.failedFuture("the server is being stopped") : looked);
    }

    /** A look at a whole file of which nothing is kept but what it tells. */
    private Future<MediaPlan> surveyed(VideoId id) {
        Path folder = folders.segment(id);
        return room.free()
                .compose(free -> looked(id, folder, free - room.least()))
                .eventually(() -> WorkFolders.remove(vertx, folder));
    }

    /** Not deleted, cancelled or planned meanwhile. */
    private static boolean undecided(Optional<Video> video) {
        return video.filter(now -> now.status() == VideoStatus.PROCESSING && now.plan() == null)
                .isPresent();
    }

    /** A copy that is in use already, because another node was quicker, stays as it is. */
    private Future<Void> keep(VideoId id, MediaPlan plan, Path folder) {
        return plan.input().equals(MediaFiles.SOURCE)
                ? Future.succeededFuture()
                : videos.find(id)
                        .compose(found ->
                                found.filter(video -> video.plan() == null).isPresent()
                                        ? files.putAll(id, folder, List.of(plan.input()))
                                        : Future.succeededFuture());
    }

    private Future<Void> plan(VideoId id, MediaPlan plan) {
        return videos.plan(id, plan, NewTask.of(plan))
                .onSuccess(planned -> {
                    if (!planned) {
                        return;
                    }
                    LOG.info(
                            "video={} planned class={} chunks={} tiers={} rate={} seconds={}",
                            id,
                            plan.sourceClass(),
                            plan.chunks().chunks().size(),
                            plan.tiers().size(),
                            plan.grid().rate(),
                            plan.grid().duration().toDecimal(3));
                    bus.command(Address.ENCODE_TOP_UP, new TopUp(id));
                    bus.command(Address.PUBLISH_VIDEO, new PublishVideo(id));
                })
                .mapEmpty();
    }

    /** The row keeps the reason; of the file nothing stays. What another node makes of it has precedence. */
    private Future<Void> refuse(VideoId id, RejectedSourceException rejected) {
        return videos.refuse(id, rejected.error()).compose(update -> {
            if (update.isEmpty()) {
                return Future.succeededFuture();
            }
            LOG.info(
                    "video={} refused code={} reason={}",
                    id,
                    rejected.error().code().code(),
                    rejected.getMessage());
            bus.event(Address.EVENTS, id, update.get().body());
            return files.deleteAll(id).compose(gone -> videos.tidied(id, VideoStatus.FAILED));
        });
    }
}
