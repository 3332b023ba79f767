package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans that were read lately, by video and number. Every claim and every look at a video needs its plan, and to read the
 * plan of a long video takes longer than all the rest.
 */
final class KnownPlans {
    /** What no plan has: the database numbers them from 0. */
    static final int NONE = -1;

    /** 40 bytes each: so many films at work at once that their tasks, which take turns, would push each other out. */
    private static final int MOST_CHUNKS = 200_000;

    private final Map<VideoId, Known> plans = new LinkedHashMap<>(16, 0.75f, true);
    private int chunks;

    /**
     * A plan.
     *
     * @param number changes with the plan
     */
    record Known(int number, MediaPlan plan) {}

    synchronized @Nullable Known find(VideoId video) {
        return plans.get(video);
    }

    /** Number of the plan that is known of a video, or {@link #NONE}. */
    static int number(@Nullable Known known) {
        return known == null ? NONE : known.number();
    }

    /** Keeps the plan of this number, and forgets those that nobody has asked for. */
    synchronized void keep(VideoId video, int number, MediaPlan plan) {
        Known known = new Known(number, plan);
        Known before = plans.put(video, known);
        chunks += size(known) - (before == null ? 0 : size(before));
        Iterator<Known> oldest = plans.values().iterator();
        while (chunks > MOST_CHUNKS && plans.size() > 1) {
            chunks -= size(oldest.next());
            oldest.remove();
        }
    }

    private static int size(Known known) {
        return known.plan().chunks().chunks().size() + 50;
    }
}
