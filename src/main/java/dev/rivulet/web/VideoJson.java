package dev.rivulet.web;

import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore.VideoPage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A video as the public contract shows it. */
public final class VideoJson {
    private VideoJson() {}

    /** One video. */
    public static JsonObject of(Video video) {
        MediaPlan plan = video.plan();
        return new JsonObject()
                .put("id", video.id().toString())
                .put("title", video.title())
                .put("description", video.description())
                .put("status", video.status().name())
                .put("progress", rounded(video.progress(), 1))
                .put(
                        "duration",
                        plan == null ? null : rounded(plan.grid().duration().toDouble(), 3))
                .put("width", plan == null ? null : plan.source().video().shownWidth())
                .put("height", plan == null ? null : plan.source().video().shownHeight())
                .put("fileSize", video.fileSize())
                .put("thumbnailUrl", video.poster() && !gone(video) ? VideoUrls.poster(video.id()) : null)
                .put("storyboardUrl", video.storyboard() && !gone(video) ? VideoUrls.storyboard(video.id()) : null)
                .put("masterUrl", video.hasMaster() ? VideoUrls.master(video.id()) : null)
                .put("previewUrl", previewStays(video) ? VideoUrls.preview(video.id()) : null)
                .put("qualityUrls", qualityUrls(video))
                .put("metadata", metadata(video))
                .put("error", error(video.error()))
                .put("views", video.views())
                .put("userId", video.userId())
                .put("createdAt", video.createdAt().toString())
                .put("updatedAt", video.updatedAt().toString());
    }

    /** A page of videos. */
    public static JsonObject page(VideoPage page) {
        JsonArray items = new JsonArray();
        page.items().forEach(video -> items.add(of(video)));
        return new JsonObject().put("items", items).put("next", page.next());
    }

    /** The first message of a progress WebSocket. */
    static JsonObject snapshot(Video video) {
        return new JsonObject()
                .put("type", "update")
                .put("videoId", video.id().toString())
                .put("seq", video.seq())
                .put("stage", "snapshot")
                .put("status", video.status().name())
                .put("progress", rounded(video.progress(), 1))
                .put("quality", null)
                .put("url", null)
                .put("at", video.updatedAt().toString())
                .put("video", of(video));
    }

    /** Nothing is published of a video that cannot be watched. */
    private static boolean gone(Video video) {
        return video.status() == VideoStatus.FAILED || video.status() == VideoStatus.CANCELLED;
    }

    /** The preview shows the lowest quality, and ends with it. */
    private static boolean previewStays(Video video) {
        return video.previewable() && !gone(video) && video.renditions().get(0).state() != RenditionState.FAILED;
    }

    static @Nullable JsonObject error(@Nullable VideoError error) {
        return error == null
                ? null
                : new JsonObject().put("code", error.code().code()).put("message", error.message());
    }

    static double rounded(double value, int digits) {
        double factor = Math.pow(10, digits);
        return Math.round(value * factor) / factor;
    }

    private static JsonObject qualityUrls(Video video) {
        JsonObject urls = new JsonObject();
        for (RenditionRow row : video.renditions()) {
            if (row.state() == RenditionState.JOINED && !gone(video)) {
                urls.put(row.quality(), VideoUrls.mp4(video.id(), row.quality()));
            }
        }
        return urls;
    }

    private static JsonObject metadata(Video video) {
        JsonObject qualities = new JsonObject();
        boolean cancelled = video.status() == VideoStatus.CANCELLED;
        for (RenditionRow row : video.renditions()) {
            qualities.put(
                    row.quality(),
                    new JsonObject()
                            .put("completedChunks", new JsonArray(cancelled ? List.of() : row.completedChunks()))
                            .put("joined", row.state() == RenditionState.JOINED && !cancelled)
                            .put("error", error(row.error())));
        }
        MediaPlan plan = video.plan();
        return new JsonObject()
                .put("totalChunks", plan == null ? 0 : plan.chunks().chunks().size())
                .put("qualities", qualities);
    }
}
