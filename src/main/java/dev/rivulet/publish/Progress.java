package dev.rivulet.publish;

import dev.rivulet.job.Eta;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Video;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides when progress is worth an update: whenever it has moved by two points, never more often. */
final class Progress {
    private static final double STEP = 2;
    /** The last point is the end's own. */
    private static final double MOST = 99;

    private Progress() {}

    /** The share of the work that is done, as it is told, in percent. */
    static double percent(double share) {
        return Math.min(MOST, Math.floor(share * 1000) / 10);
    }

    /** @param share of the work that is done, 0 to 1 */
    static Optional<Announcement> update(Video video, double share, Instant now) {
        double progress = percent(share);
        if (video.status().settled() || progress - video.progress() < STEP) {
            return Optional.empty();
        }
        Instant since = video.processingSince() == null ? video.createdAt() : video.processingSince();
        OptionalLong eta = Eta.seconds(since, video.processingFrom(), progress, now);
        return Optional.of(Announcement.repeatable(
                "processing", progress, eta.isPresent() ? Map.of("eta", eta.getAsLong()) : Map.of()));
    }
}
