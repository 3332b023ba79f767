package dev.rivulet.media;

import java.util.List;

/**
<<<<<<< HEAD
 * The configured ladder.
 *
 * @param qualities ascending by short side; only those that are switched on
 * @param tiers names of the qualities that share one process and one decode, lowest tier first
 */
public record LadderSpec(List<Quality> qualities, List<List<String>> tiers) {
=======
 * The configured ladder, before a source has been looked at.
 *
 * @param qualities the rows that are switched on, lowest first
 * @param tiers names of qualities that one process encodes from one decode; every quality is in exactly one tier
 */
public record LadderSpec(List<Quality> qualities, List<List<String>> tiers) {
    /** Keeps copies that cannot be changed. */
>>>>>>> house
    public LadderSpec {
        qualities = List.copyOf(qualities);
        tiers = tiers.stream().map(List::copyOf).toList();
    }
}
