package dev.rivulet.encode;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rendition;
import java.time.Duration;
import java.util.List;

/** How long a process may take before it is taken for stuck, on the slowest machine that is worth the trouble. */
final class TimeLimits {
    /** For what does not depend on the length of the film. */
    static final Duration START = Duration.ofSeconds(60);
    /** Slowest acceptable machine: pixels per second and thread of the slowest preset, with a wide margin. */
    private static final long PIXELS_PER_SECOND = 500_000;

    /** Time for the sound of a film of which nobody knows how long it is. */
    private static final Duration LONGEST_FILM = Duration.ofHours(6);

    private TimeLimits() {}

    /** For reading the whole film without decoding its picture: as fast as it plays. */
    static Duration ofReading(MediaPlan plan) {
        return START.plusSeconds(plan.grid().duration().ceil());
    }

    /** For the sound of a film, whose end need not be known. */
    static Duration ofSound(MediaPlan plan) {
        return plan.open() ? LONGEST_FILM : ofReading(plan);
    }

    /**
     * For decoding and encoding picture.
     *
     * @param renditions at least one
     */
    static Duration ofPicture(MediaPlan plan, List<Rendition> renditions, long frames) {
        long pixels =
                (long) plan.source().video().width() * plan.source().video().height();
        for (Rendition rendition : renditions) {
            pixels += (long) rendition.width() * rendition.height();
        }
        return START.plusSeconds(pixels * frames / PIXELS_PER_SECOND);
    }
}
