package dev.rivulet.web;

import dev.rivulet.job.VideoId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who has been seen at which video lately; the longest unseen are forgotten first. Not for use by several threads. */
final class RecentViewers {
    /** Two views of the same viewer are at least so far apart. */
    static final Duration APART = Duration.ofMinutes(30);

    /** About 3 MB. */
    static final int MOST = 20_000;

    private final Map<Viewing, Instant> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Viewing, Instant> eldest) {
            return size() > MOST;
        }
    };

    private record Viewing(VideoId video, int viewer) {}

    /**
     * Notes that a viewer is at a video.
     *
     * @param viewer a number for whoever it is; two who share one are taken for the same
     * @return whether a view begins: the viewer has not been there for half an hour
     */
    boolean begins(VideoId video, int viewer, Instant now) {
        Instant before = seen.put(new Viewing(video, viewer), now);
        return before == null || before.plus(APART).isBefore(now);
    }
}
