package dev.rivulet.media;

import java.util.List;

/**
 * The configured ladder, before a source has been looked at.
 *
 * @param qualities the rows that are switched on, lowest first
 * @param tiers names of qualities that one process encodes from one decode; every quality is in exactly one tier
 */
public record LadderSpec(List<Quality> qualities, List<List<String>> tiers) {
    /** Keeps copies that cannot be changed. */
    public LadderSpec {
        qualities = List.copyOf(qualities);
        tiers = tiers.stream().map(List::copyOf).toList();
    }
}
