package dev.rivulet.media;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of a video's sound renditions one task makes. The lowest quality has its sound first: it can be joined, and watched
 * as a whole, before the others are made. The ordinal is stored, as the tier of the task.
 */
public enum SoundPart {
    /** All of them, where one bitrate is all there is, and in plans that were made when sound was one task. */
    ALL,
    /** The bitrate that goes with the lowest quality, of every track. */
    LOWEST,
    /** The other bitrates. */
    OTHERS;

    /** The part that a task with this tier makes. */
    public static SoundPart of(int tier) {
        return values()[tier];
    }

    /** What the sound of a video is made in, most urgent first; empty without sound. */
    public static List<SoundPart> of(MediaPlan plan) {
        if (plan.audio().isEmpty()) {
            return List.of();
        }
        return plan.audio().stream().allMatch(lowest(plan)) ? List.of(ALL) : List.of(LOWEST, OTHERS);
    }

    /** Whether the sound of a quality is {@link #OTHERS}, where there are two parts. */
    public static boolean beyondLowest(MediaPlan plan, Rendition rendition) {
        return !Objects.equals(
                kbit(plan, rendition), kbit(plan, plan.renditions().get(0)));
    }

    /** The plan with no other sound than this. */
    public MediaPlan only(MediaPlan plan) {
        return switch (this) {
            case ALL -> plan;
            case LOWEST ->
                plan.withSound(plan.audio().stream().filter(lowest(plan)).toList());
            case OTHERS ->
                plan.withSound(
                        plan.audio().stream().filter(lowest(plan).negate()).toList());
        };
    }

    private static Predicate<AudioRendition> lowest(MediaPlan plan) {
        Integer kbit = kbit(plan, plan.renditions().get(0));
        return audio -> Objects.equals(audio.kbit(), kbit);
    }

    private static @Nullable Integer kbit(MediaPlan plan, Rendition rendition) {
        return AudioPlan.bitrateFor(rendition, plan.audio());
    }
}
