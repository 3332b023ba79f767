package dev.rivulet.web;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import org.jspecify.annotations.Nullable;

/** The WebSocket that tells how a video comes along. */
public final class ProgressSocket implements Operations {
    private final Vertx vertx;
    private final VideoStore videos;
    private final Leaving leaving;

    /** @param videos knows the state and the updates that were missed */
    public ProgressSocket(Vertx vertx, VideoStore videos, Leaving leaving) {
        this.vertx = vertx;
        this.videos = videos;
        this.leaving = leaving;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("watchProgress").addHandler(new SameOrigin()).addHandler(this::open);
    }

    private void open(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))) {
            context.response().putHeader(HttpHeaders.UPGRADE, "websocket");
            context.fail(new Fault(426, "upgrade_required", "This address speaks WebSocket only."));
            return;
        }
        VideoId id = PathId.of(context);
        Long after = Checked.query(context, "after").getLong();
        ProgressFeed feed = new ProgressFeed(vertx, videos, id, leaving);
        // Listening begins before the row is read, so that nothing falls between the two.
        MessageConsumer<JsonObject> consumer = vertx.eventBus().consumer(Address.EVENTS.of(id));
        consumer.handler(message -> feed.heard(message.body()));
        consumer.completion()
                .compose(listening -> first(id, after))
                .compose(start ->
                        context.request().toWebSocket().onSuccess(socket -> feed.begin(socket, consumer, start)))
                .onFailure(failure -> {
                    consumer.unregister().onFailure(Answer::gone);
                    context.fail(failure);
                });
    }

    /** What the client gets first: what it missed, or everything. Many come back at once after a restart. */
    private Future<ProgressFeed.Start> first(VideoId id, @Nullable Long after) {
        if (after == null) {
            return snapshot(id);
        }
        return videos.updatesAfter(id, after)
                .compose(missed -> missed.isPresent()
                        ? Future.succeededFuture(ProgressFeed.Start.missed(after, missed.get()))
                        : videos.find(id)
                                .compose(found -> found.isPresent()
                                        ? Future.succeededFuture(ProgressFeed.Start.snapshot(found.get()))
                                        : deletion(id, after)));
    }

    /** Whoever has known the video is told of its deletion, for as long as that is on record. */
    private Future<ProgressFeed.Start> deletion(VideoId id, long after) {
        return videos.removal(id).map(removal -> removal.filter(update -> update.seq() > after)
                .map(ProgressFeed.Start::deleted)
                .orElseThrow(Fault::unknownVideo));
    }

    private Future<ProgressFeed.Start> snapshot(VideoId id) {
        return videos.find(id).map(video -> ProgressFeed.Start.snapshot(video.orElseThrow(Fault::unknownVideo)));
    }
}
