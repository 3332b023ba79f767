package dev.rivulet.join;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.bus.Turns;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.join.PreviewWriter.Shown;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SoundPart;
import dev.rivulet.store.Fence;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.TierSummary;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

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
        StoryboardMaker storyboards = new StoryboardMaker(vertx, parts);
        PreviewWriter preview = new PreviewWriter(
                parts,
                chunkSegments,
                System::nanoTime,
                pause -> vertx.timer(Math.max(1, pause.toMillis())).mapEmpty(),
                video -> parts.bus().command(Address.JOIN_VIDEO, new JoinVideo(video)));
        return parts.bus()
                .serve(Address.JOIN_VIDEO, JoinVideo.class, order -> turns.run(
                                order.video(), () -> advance(order.video(), new Makers(joiner, preview, storyboards)))
                        .map(done -> new Contract.Done()))
                .compose(served -> parts.bus().serve(Address.STOP_VIDEO, StopVideo.class, order -> {
                    joiner.stop(order.video());
                    storyboards.stop(order.video());
                    return Future.succeededFuture(new Contract.Done());
                }));
    }

    /** Who makes what. */
    private record Makers(QualityJoiner joiner, PreviewWriter preview, StoryboardMaker storyboards) {}

    /** Completes when the joins under way have ended. */
    @Override
    public Future<?> stop() {
        return turns.end();
    }

    private Future<Void> advance(VideoId id, Makers makers) {
        Fence fresh = fresh();
        return VideoStore.whileThere(parts.videos(), id, video -> advance(video, makers, fresh));
    }

    private Future<Void> advance(Video video, Makers makers, Fence fresh) {
        MediaPlan plan = video.plan();
        if (plan == null || video.status().settled()) {
            return Future.succeededFuture();
        }
        return parts.tasks().summary(video.id()).compose(work -> {
            Future<Void> preview = video.renditions().get(0).state() == RenditionState.ENCODING
                    ? makers.preview()
                            .extend(video, plan, work, fresh)
                            .compose(shown -> shown == Shown.AS_BEFORE
                                    ? Future.succeededFuture(shown)
                                    : lastWord(video, plan, makers.joiner()).map(shown))
                            .onSuccess(shown -> {
                                if (shown == Shown.FIRST) {
                                    publish(video);
                                }
                            })
                            .mapEmpty()
                    : Future.succeededFuture();
            return video.status() == VideoStatus.UPLOADING
                    ? preview
                    : preview.compose(done -> join(video, plan, work, makers));
        });
    }

    /** Rows that were read before this process was stopped for a while are too old to write by. */
    private Fence fresh() {
        return new LocalLease(parts.lease().duration(), System.nanoTime(), System::nanoTime);
    }

    /**
     * What was just written as growing may have become final by another node's doing since the rows were read: the final
     * playlists have the last word.
     */
    private Future<Void> lastWord(Video before, MediaPlan plan, QualityJoiner joiner) {
        VideoId id = before.id();
        Fence fresh = fresh();
        return parts.videos().outline(id).compose(found -> {
            if (found.isEmpty()) {
                return parts.files().deleteAll(id);
            }
            List<RenditionRow> rows = found.get().renditions();
            RenditionRow lowest = rows.get(0);
            boolean soundGrew = before.renditions().stream().noneMatch(JoinVerticle::beingFinal);
            Future<Void> sound = soundGrew && rows.stream().anyMatch(JoinVerticle::beingFinal)
                    ? finishSound(id, plan, joiner)
                    : Future.succeededFuture();
            return sound.compose(done -> switch (lowest.state()) {
                case ENCODING -> Future.succeededFuture();
                case FAILED -> parts.files().delete(id, List.of(lowest.quality() + "/index.m3u8"));
                case JOINING, JOINED ->
                    parts.tasks()
                            .chunks(id, lowest.tier())
                            .compose(chunks ->
                                    Runs.fault(plan, chunks, lowest.quality()).isPresent()
                                            ? Future.succeededFuture()
                                            : joiner.finishPicture(id, plan, lowest.quality(), chunks, fresh)
                                                    .mapEmpty());
            });
        });
    }

    private static boolean toCome(RenditionRow row) {
        return row.state() == RenditionState.ENCODING || row.state() == RenditionState.JOINING;
    }

    private static boolean beingFinal(RenditionRow row) {
        return row.state() == RenditionState.JOINING || row.state() == RenditionState.JOINED;
    }

    private Future<Void> finishSound(VideoId id, MediaPlan plan, QualityJoiner joiner) {
        Fence fresh = fresh();
        return plan.audio().isEmpty()
                ? Future.succeededFuture()
                : parts.tasks()
                        .audio(id)
                        .compose(sound -> sound.isPresent()
                                ? joiner.finishSound(id, plan, sound.get(), fresh)
                                : Future.failedFuture("the sound is done but has no result"));
    }

    private Future<Void> join(Video video, MediaPlan plan, WorkSummary work, Makers makers) {
        if (plan.open()) {
            return Future.succeededFuture();
        }
        List<RenditionRow> complete = video.renditions().stream()
                .filter(JoinVerticle::toCome)
                .filter(row -> sounds(plan, work, plan.rendition(row.quality())))
                .filter(row -> tier(work, row.tier()).complete())
                .toList();
        if (complete.isEmpty()) {
            return Future.succeededFuture();
        }
        return soundRenewed(video.id(), plan)
                .compose(renewed -> renewed ? Future.succeededFuture() : join(video, plan, complete, makers));
    }

    /** Sound that was made while its film arrived ends with the source's, where the film's may be longer. */
    private Future<Boolean> soundRenewed(VideoId id, MediaPlan plan) {
        if (plan.chunks().beginning() == null || plan.audio().isEmpty()) {
            return Future.succeededFuture(false);
        }
        return parts.tasks()
                .audio(id)
                .compose(sound -> sound.isPresent() && Runs.soundEndsEarly(plan, sound.get())
                        ? parts.tasks().renewSound(id)
                        : Future.succeededFuture(false))
                .onSuccess(renewed -> {
                    if (renewed) {
                        parts.bus().command(Address.ENCODE_TOP_UP, new TopUp(id));
                    }
                });
    }

    private Future<Void> join(Video video, MediaPlan plan, List<RenditionRow> complete, Makers makers) {
        RenditionRow lowest = video.renditions().get(0);
        RenditionRow last = complete.get(complete.size() - 1);
        // Where no other quality is to come the video ends with the last of these: nothing would be told after that.
        boolean ends = video.renditions().stream().filter(JoinVerticle::toCome).allMatch(complete::contains);
        Future<Boolean> shown =
                finishSound(video.id(), plan, makers.joiner()).map(lowest.state() == RenditionState.JOINED);
        for (RenditionRow row : complete) {
            Rendition rendition = plan.rendition(row.quality());
            shown = shown.compose(before -> makers.joiner()
                    .join(video, plan, rendition, row.tier())
                    .onSuccess(joined -> {
                        if (!(ends && row.equals(last))) {
                            publish(video);
                        }
                    })
                    .map(joined -> before || (joined && row.equals(lowest))));
        }
        return shown.compose(there -> storyboard(video, plan, there, makers.storyboards()))
                .onSuccess(made -> {
                    if (ends) {
                        publish(video);
                    }
                });
    }

    /**
     * Of the lowest quality when it is joined, be it now or before this process was started; after the others that are
     * complete, which somebody may wait for.
     */
    private Future<Void> storyboard(Video video, MediaPlan plan, boolean joined, StoryboardMaker storyboards) {
        return joined && !video.storyboard()
                ? storyboards
                        .make(video.id(), plan, fresh())
                        .onSuccess(made -> publish(video))
                        .mapEmpty()
                : Future.succeededFuture();
    }

    /** Whether the sound of a quality is there; that of the lowest one grows until it is, and comes first for all. */
    private static boolean sounds(MediaPlan plan, WorkSummary work, Rendition rendition) {
        boolean others = work.otherAudio() == null
                || work.otherAudio() == TaskState.DONE
                || !SoundPart.beyondLowest(plan, rendition);
        return plan.audio().isEmpty() || (work.audio() == TaskState.DONE && others);
    }

    private void publish(Video video) {
        parts.bus().command(Address.PUBLISH_VIDEO, new PublishVideo(video.id()));
    }

    private static TierSummary tier(WorkSummary work, int tier) {
        return work.tiers().stream()
                .filter(summary -> summary.tier() == tier)
                .findFirst()
                .orElseGet(() -> new TierSummary(tier, 0, 0, 1));
    }
}
