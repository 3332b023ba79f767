package dev.rivulet.web;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Update;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one client is told about one video, strictly by {@code seq} and without doubles. Everything happens on the event
 * loop of the connection.
 */
final class ProgressFeed {
    private static final Duration PING = Duration.ofSeconds(20);
    private static final int MOST_UNSENT = 256;
    private static final short TRY_AGAIN_LATER = 1013;
    private static final short NOTHING_MORE = 1000;
    private static final short GOING_AWAY = 1001;

    private final Vertx vertx;
    private final VideoStore videos;
    private final VideoId id;
    private final Leaving leaving;
    private final Queue<JsonObject> heardEarly = new ArrayDeque<>();
    private final Queue<JsonObject> unsent = new ArrayDeque<>();
    private UpdateOrder order = new UpdateOrder(0);
    private @Nullable ServerWebSocket socket;
    private boolean asking;
    private boolean ended;
    private boolean alive = true;

    ProgressFeed(Vertx vertx, VideoStore videos, VideoId id, Leaving leaving) {
        this.vertx = vertx;
        this.videos = videos;
        this.id = id;
        this.leaving = leaving;
    }

    /**
     * Where a client begins.
     *
     * @param last number of the last update that it knows, with {@code messages} not yet counted
     */
    record Start(long last, List<JsonObject> messages, List<Update> missed) {
        static Start snapshot(Video video) {
            return new Start(video.seq(), List.of(VideoJson.snapshot(video)), List.of());
        }

        /** All that is left to say of a video that is deleted. */
        static Start deleted(Update last) {
            return new Start(last.seq() - 1, List.of(), List.of(last));
        }

        static Start missed(long after, List<Update> updates) {
            return new Start(after, List.of(), updates);
        }
    }

    /** An update from the bus. */
    void heard(JsonObject update) {
        if (socket == null) {
            if (heardEarly.size() < MOST_UNSENT) {
                heardEarly.add(update);
            }
            return;
        }
        if (isLast(update)) {
            // Of what is gone nothing is missing.
            order.jumpTo(update.getLong("seq") - 1);
        }
        order.accept(update).forEach(this::send);
        fillGap();
    }

    private static boolean isLast(JsonObject message) {
        return Announcement.DELETED.equals(message.getString("stage"));
    }

    /** The connection stands. */
    void begin(ServerWebSocket opened, MessageConsumer<JsonObject> consumer, Start start) {
        socket = opened;
        Runnable sendAway =
                () -> opened.close(Leaving.SERVICE_RESTART, Leaving.RESTART).onFailure(Answer::gone);
        long pinger = vertx.setPeriodic(PING.toMillis(), tick -> ping(opened));
        opened.closeHandler(closed -> {
            vertx.cancelTimer(pinger);
            leaving.gone(sendAway);
            consumer.unregister().onFailure(Answer::gone);
        });
        opened.exceptionHandler(Answer::gone);
        opened.pongHandler(pong -> alive = true);
        opened.drainHandler(drained -> flush(opened));
        leaving.watching(sendAway);
        order = new UpdateOrder(start.last());
        start.messages().forEach(this::send);
        start.missed().forEach(update -> order.accept(update.body()).forEach(this::send));
        heardEarly.forEach(this::heard);
        heardEarly.clear();
    }

    /** A client that does not take its messages is let go: it comes back and asks for what it missed. */
    private void send(JsonObject message) {
        ServerWebSocket open = socket;
        if (open == null || open.isClosed()) {
            return;
        }
        if (unsent.size() >= MOST_UNSENT) {
            unsent.clear();
            open.close(TRY_AGAIN_LATER, "too slow").onFailure(Answer::gone);
            return;
        }
        unsent.add(message);
        ended |= isLast(message);
        flush(open);
    }

    private void flush(ServerWebSocket open) {
        while (!unsent.isEmpty() && !open.isClosed() && !open.writeQueueFull()) {
            open.writeTextMessage(unsent.remove().encode()).onFailure(Answer::gone);
        }
        if (ended && unsent.isEmpty() && !open.isClosed()) {
            open.close(NOTHING_MORE, "deleted").onFailure(Answer::gone);
        }
    }

    private void ping(ServerWebSocket open) {
        if (open.isClosed()) {
            return;
        }
        if (!alive) {
            open.close(unsent.isEmpty() ? GOING_AWAY : TRY_AGAIN_LATER).onFailure(Answer::gone);
            return;
        }
        alive = false;
        open.writePing(Buffer.buffer("rivulet")).onFailure(Answer::gone);
    }

    /** What the bus did not bring, the database tells. */
    private void fillGap() {
        if (asking || !order.gap()) {
            return;
        }
        asking = true;
        videos.updatesAfter(id, order.last())
                .onSuccess(missed -> missed.ifPresentOrElse(
                        updates -> updates.forEach(
                                update -> order.accept(update.body()).forEach(this::send)),
                        this::restart))
                .onFailure(Answer::gone)
                .onComplete(answered -> asking = false);
    }

    private void restart() {
        videos.find(id)
                .onFailure(Answer::gone)
                .onSuccess(found -> found.ifPresentOrElse(
                        video -> {
                            send(VideoJson.snapshot(video));
                            order.jumpTo(video.seq()).forEach(this::send);
                        },
                        this::tellDeletion));
    }

    private void tellDeletion() {
        videos.removal(id)
                .onFailure(Answer::gone)
                .onSuccess(removal -> removal.ifPresent(update -> heard(update.body())));
    }
}
