package dev.rivulet.publish;

import dev.rivulet.job.Eta;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Underway;
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

    static Optional<Announcement> update(Underway video, Instant now) {
        double progress = percent(video.share());
        if (progress - video.told() < STEP) {
            return Optional.empty();
        }
        OptionalLong eta = Eta.seconds(video.since(), video.from(), progress, now);
        return Optional.of(Announcement.repeatable(
                "processing", progress, eta.isPresent() ? Map.of("eta", eta.getAsLong()) : Map.of()));
    }
}
