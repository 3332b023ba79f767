package dev.rivulet.media;

import java.util.List;

/**
 * The configured ladder.
 *
 * @param qualities ascending by short side; only those that are switched on
 * @param tiers names of the qualities that share one process and one decode, lowest tier first
 */
public record LadderSpec(List<Quality> qualities, List<List<String>> tiers) {
    public LadderSpec {
        qualities = List.copyOf(qualities);
        tiers = tiers.stream().map(List::copyOf).toList();
    }
}
