package dev.rivulet.job;

import java.time.Duration;
import java.util.List;

/** What becomes of a quality that could not be joined. */
public sealed interface JoinFate {
    /** It is joined again after a pause. */
    record Again(Duration pause) implements JoinFate {}

    /** Its chunks are encoded again, which happens once. */
    record Remade() implements JoinFate {}

    /** It has failed for good. */
    record GivenUp() implements JoinFate {}

    /** It is joined by somebody else by now. */
    record Stale() implements JoinFate {}

    /** Pauses between joins of the same chunks; one join more than these. */
    List<Duration> PAUSES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));

    /**
     * @param failures failed joins of the same chunks, this one included; at least 1
     * @param remade whether the chunks were encoded again for an earlier failure
     */
    static JoinFate of(int failures, boolean remade) {
        if (failures <= PAUSES.size()) {
            return new Again(PAUSES.get(failures - 1));
        }
        return remade ? new GivenUp() : new Remade();
    }
}
