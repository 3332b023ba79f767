package dev.rivulet.publish;

import dev.rivulet.store.Announcement;
import dev.rivulet.store.Video;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Decides when progress is worth an update: whenever it has moved by two points, never more often. */
final class Progress {
    private static final double STEP = 2;
    /** The last point is the end's own. */
    private static final double MOST = 99;

    private Progress() {}

    /** @param share of the work that is done, 0 to 1 */
    static Optional<Announcement> update(Video video, double share, Instant now) {
        double progress = Math.min(MOST, Math.floor(share * 1000) / 10);
        if (video.status().settled() || progress - video.progress() < STEP) {
            return Optional.empty();
        }
        return Optional.of(Announcement.repeatable("processing", progress, Map.of("eta", eta(video, progress, now))));
    }

    /** Seconds that are left when the work goes on at the pace so far. */
    private static long eta(Video video, double progress, Instant now) {
        Instant since = video.processingSince() == null ? video.createdAt() : video.processingSince();
        double elapsed = Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
        return Math.round(elapsed * (100 - progress) / progress);
    }
}
