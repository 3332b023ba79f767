package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import org.jspecify.annotations.Nullable;

/** List, read, describe and delete videos; read their chunk plan. */
public final class VideoRoutes implements Operations {
    private final VideoDesk desk;
    private final TaskStore tasks;

    /** @param desk what the event-bus clients are served by, too */
    public VideoRoutes(VideoDesk desk, TaskStore tasks) {
        this.desk = desk;
        this.tasks = tasks;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("listVideos").addHandler(this::list);
        builder.getRoute("getVideo").addHandler(this::get);
        builder.getRoute("describeVideo").addHandler(this::describe);
        builder.getRoute("deleteVideo").addHandler(this::delete);
        // Browsers let any page send these two, unlike PATCH and DELETE: without a body there is no preflight.
        builder.getRoute("retryVideo").addHandler(new SameOrigin()).addHandler(this::retry);
        builder.getRoute("cancelVideo").addHandler(new SameOrigin()).addHandler(this::cancel);
        builder.getRoute("getManifest").addHandler(this::manifest);
    }

    private void list(RoutingContext context) {
        String status = Checked.query(context, "status").getString();
        Integer limit = Checked.query(context, "limit").getInteger();
        String after = Checked.query(context, "after").getString();
        // Not of the checked ones: see ApiDescription.
        String words = context.request().getParam("q");
        desk.list(VideoDesk.wanted(status == null ? null : VideoStatus.valueOf(status), words), limit, after)
                .onSuccess(page -> Answer.json(context, page))
                .onFailure(context::fail);
    }

    private void get(RoutingContext context) {
        desk.find(PathId.of(context))
                .onSuccess(video -> Answer.json(context, VideoJson.of(video)))
                .onFailure(context::fail);
    }

    private void describe(RoutingContext context) {
        JsonObject body = Checked.body(context);
        String title = body.getString("title");
        String description = body.getString("description");
        desk.describe(
                        PathId.of(context),
                        title == null ? null : Wording.title(title),
                        description == null ? null : Wording.description(description))
                .onSuccess(video -> Answer.json(context, VideoJson.of(video)))
                .onFailure(context::fail);
    }

    private void delete(RoutingContext context) {
        desk.delete(PathId.of(context))
                .compose(done -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private void retry(RoutingContext context) {
        JsonObject body = Checked.optionalBody(context);
        desk.retry(PathId.of(context), body.getString("quality"))
                .onSuccess(video -> Answer.accepted(context, VideoJson.of(video)))
                .onFailure(context::fail);
    }

    private void cancel(RoutingContext context) {
        desk.cancel(PathId.of(context))
                .onSuccess(video -> Answer.accepted(context, VideoJson.of(video)))
                .onFailure(context::fail);
    }

    private void manifest(RoutingContext context) {
        VideoId id = PathId.of(context);
        desk.find(id)
                .compose(video -> manifest(video, video.plan()))
                .onSuccess(manifest -> Answer.json(context, manifest))
                .onFailure(context::fail);
    }

    private Future<JsonObject> manifest(Video video, @Nullable MediaPlan plan) {
        if (plan == null) {
            return Future.failedFuture(new Fault(404, "not_planned", "This video has no plan yet, or never got one."));
        }
        return tasks.tasks(video.id())
                .compose(rows -> tasks.subtitles(video.id()).map(texts -> ManifestJson.of(video, plan, rows, texts)));
    }
}
