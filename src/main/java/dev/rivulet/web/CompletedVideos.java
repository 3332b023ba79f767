package dev.rivulet.web;

import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which videos are complete, without a query for every playlist. Nothing leads away from COMPLETED, so that is remembered
 * for good; the contrary for a moment, which makes a playlist cacheable that much later. While nobody can tell, a playlist
 * is served as one that may still change: what can be watched stays watchable without the database.
 */
final class CompletedVideos {
    private static final int MOST = 10_000;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final VideoStore videos;
    private final InstantSource clock;
    private final Map<VideoId, Instant> askAgainAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VideoId, Instant> eldest) {
            return size() > MOST;
        }
    };

    CompletedVideos(VideoStore videos, InstantSource clock) {
        this.videos = videos;
        this.clock = clock;
    }

    Future<Boolean> contains(VideoId id) {
        Instant askAgain = remembered(id);
        if (askAgain != null && clock.instant().isBefore(askAgain)) {
            return Future.succeededFuture(askAgain.equals(Instant.MAX));
        }
        return videos.outline(id)
                .map(video -> {
                    boolean complete = video.isPresent() && video.get().status() == VideoStatus.COMPLETED;
                    remember(id, complete ? Instant.MAX : clock.instant().plus(ASK_AGAIN));
                    return complete;
                })
                .recover(failure -> failure instanceof UnavailableException
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    /** Shared by all event loops. */
    private synchronized @org.jspecify.annotations.Nullable Instant remembered(VideoId id) {
        return askAgainAt.get(id);
    }

    private synchronized void remember(VideoId id, Instant until) {
        askAgainAt.put(id, until);
    }
}
