package dev.rivulet.join;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a video whose preview grows, so that it need not be read again, and when it was written. All of it can
 * be read again.
 */
final class GrowingVideo {
    private static final long PAUSE_MILLIS_A_SEGMENT = 25;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final ProvenPrefix picture;
    private MediaPlan plan;
    private final long undone;
    private final int targetDuration;
    private @Nullable Map<String, List<Rational>> sound;
    private long pauseEnds;
    private boolean paused;
    private boolean asked;

    /**
     * @param plan of which it grows; a video that arrives anew gets another, and its counts begin again
     * @param undone as in {@link dev.rivulet.store.TaskStore.WorkSummary}: what is known is true as long as it is the same
     */
    GrowingVideo(MediaPlan plan, long undone) {
        this.picture = new ProvenPrefix(plan.renditions().get(0).quality());
        this.plan = plan;
        this.undone = undone;
        this.targetDuration = plan.chunks().targetDuration(plan.grid());
    }

    ProvenPrefix picture() {
        return picture;
    }

    /** Whether what is known is still so. */
    boolean trueFor(MediaPlan planNow, long undoneNow) {
        if (undone != undoneNow || !plan.equals(planNow)) {
            return false;
        }
        // Another reading of the same is compared chunk by chunk: once, not at every look.
        plan = planNow;
        return true;
    }

    MediaPlan plan() {
        return plan;
    }

    /** Of its playlists, in seconds. */
    int targetDuration() {
        return targetDuration;
    }

    /** Exact length of each segment of the finished sound by folder; null until it is known. */
    @Nullable
    Map<String, List<Rational>> sound() {
        return sound;
    }

    void sound(Map<String, List<Rational>> finished) {
        sound = finished;
    }

    /** Begins a pause: a playlist takes the longer to write the more it lists, and players ask for it every few seconds. */
    void written(long nanos) {
        pauseEnds = nanos
                + Duration.ofMillis(Math.min(
                                LONGEST_PAUSE_MILLIS,
                                PAUSE_MILLIS_A_SEGMENT * picture.durations().size()))
                        .toNanos();
        paused = true;
    }

    /** How long to wait before it is written again; zero when it may be written now. */
    Duration pause(long nanos) {
        paused = paused && pauseEnds - nanos > 0;
        return paused ? Duration.ofNanos(pauseEnds - nanos) : Duration.ZERO;
    }

    /** True when nobody has yet asked for what follows the pause. */
    boolean ask() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    /** What was asked for has come. */
    void answered() {
        asked = false;
    }
}
