package dev.rivulet.web;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts views: one begins when a player asks for the master or the preview of a video, and the same viewer has not asked for
 * half an hour. What was counted is written a few seconds later, all of it at once; a kill loses these seconds. One per node.
 */
public final class Views {
    private static final Logger LOG = LoggerFactory.getLogger(Views.class);
    private static final Duration TOGETHER = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final VideoStore videos;
    private final InstantSource clock;
    private final RecentViewers recent = new RecentViewers();
    private Map<VideoId, Integer> unwritten = new HashMap<>();

    /** @param clock tells views apart */
    public Views(Vertx vertx, VideoStore videos, InstantSource clock) {
        this.vertx = vertx;
        this.videos = videos;
        this.clock = clock;
    }

    /** A player asks for the playlist with which watching begins. From any thread. */
    synchronized void asked(VideoId video, HttpServerRequest request) {
        if (!recent.begins(video, viewer(request), clock.instant())) {
            return;
        }
        if (unwritten.isEmpty()) {
            vertx.setTimer(TOGETHER.toMillis(), timer -> write());
        }
        unwritten.merge(video, 1, Integer::sum);
    }

    /** Writes what was counted; never fails, for nobody's work depends on it. */
    public Future<Void> write() {
        Map<VideoId, Integer> now;
        synchronized (this) {
            now = unwritten;
            unwritten = new HashMap<>();
        }
        return now.isEmpty()
                ? Future.succeededFuture()
                : videos.viewed(now)
                        .onFailure(failure -> LOG.info("views={} are not counted: {}", now.size(), failure.toString()))
                        .otherwiseEmpty();
    }

    /**
     * Address and program; behind a proxy, what that tells of them. Anybody may tell what he likes: views are a figure for
     * people, nothing is decided by them.
     */
    private static int viewer(HttpServerRequest request) {
        return Objects.hash(
                request.remoteAddress().hostAddress(),
                request.getHeader(HttpHeaders.USER_AGENT),
                request.getHeader("X-Forwarded-For"));
    }
}
