package dev.rivulet.join;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Turns;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.TierSummary;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;

/**
 * Makes what is finished visible: the growing preview first, then each quality as a whole, lowest first. Whatever message
 * comes, it re-reads the rows and does what is missing.
 */
public final class JoinVerticle extends VerticleBase {
    private final JoinParts parts;
    private final int chunkSegments;
    private final Turns<VideoId> turns = new Turns<>();

    /** @param chunkSegments segments of a full chunk */
    public JoinVerticle(JoinParts parts, int chunkSegments) {
        this.parts = parts;
        this.chunkSegments = chunkSegments;
    }

    @Override
    public Future<?> start() {
        QualityJoiner joiner = new QualityJoiner(vertx, parts);
        PreviewWriter preview = new PreviewWriter(
                parts,
                chunkSegments,
                System::nanoTime,
                pause -> vertx.timer(Math.max(1, pause.toMillis())).mapEmpty(),
                video -> parts.bus().command(Address.JOIN_VIDEO, new JoinVideo(video)));
        return parts.bus()
                .serve(Address.JOIN_VIDEO, JoinVideo.class, order -> turns.run(order.video(), () -> parts.videos()
                                .outline(order.video())
                                .compose(video -> advance(video, joiner, preview)))
                        .map(done -> new Contract.Done()))
                .compose(served -> parts.bus().serve(Address.STOP_VIDEO, StopVideo.class, order -> {
                    joiner.stop(order.video());
                    return Future.succeededFuture(new Contract.Done());
                }));
    }

    /** Completes when the joins under way have ended. */
    @Override
    public Future<?> stop() {
        return turns.end();
    }

    private Future<Void> advance(Optional<Video> found, QualityJoiner joiner, PreviewWriter preview) {
        Video video = found.orElse(null);
        MediaPlan plan = video == null ? null : video.plan();
        if (video == null
                || plan == null
                || !(video.status() == VideoStatus.PROCESSING || video.status() == VideoStatus.READY)) {
            return Future.succeededFuture();
        }
        return parts.tasks().summary(video.id()).compose(work -> {
            Future<Boolean> grown = video.renditions().get(0).state() == RenditionState.ENCODING
                    ? preview.extend(video.id(), video.previewable(), plan, work)
                    : Future.succeededFuture(false);
            return grown.onSuccess(first -> {
                        if (first) {
                            parts.bus().command(Address.PUBLISH_VIDEO, new PublishVideo(video.id()));
                        }
                    })
                    .compose(done -> join(video, plan, work, joiner));
        });
    }

    private Future<Void> join(Video video, MediaPlan plan, WorkSummary work, QualityJoiner joiner) {
        boolean silent = plan.audio().isEmpty();
        if (!silent && work.audio() != TaskState.DONE) {
            return Future.succeededFuture();
        }
        List<RenditionRow> complete = video.renditions().stream()
                .filter(row -> row.state() == RenditionState.ENCODING || row.state() == RenditionState.JOINING)
                .filter(row -> tier(work, row.tier()).complete())
                .toList();
        if (complete.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<Void> done = silent
                ? Future.succeededFuture()
                : parts.tasks()
                        .audio(video.id())
                        .compose(sound -> sound.isPresent()
                                ? joiner.finishSound(video.id(), plan, sound.get())
                                : Future.failedFuture("the sound is done but has no result"));
        for (RenditionRow row : complete) {
            done = done.compose(nothing -> joiner.join(video, plan, plan.rendition(row.quality()), row.tier()))
                    .onSuccess(joined -> parts.bus().command(Address.PUBLISH_VIDEO, new PublishVideo(video.id())))
                    .mapEmpty();
        }
        return done;
    }

    private static TierSummary tier(WorkSummary work, int tier) {
        return work.tiers().stream()
                .filter(summary -> summary.tier() == tier)
                .findFirst()
                .orElseGet(() -> new TierSummary(tier, 0, 0, 1));
    }
}
