package dev.rivulet.media;

import java.util.List;

/**
 * Qualities that one process encodes from one decode.
 *
 * @param index from 0, lowest first
 * @param qualities ascending, at least one
 */
public record Tier(int index, List<String> qualities) {
    public Tier {
        qualities = List.copyOf(qualities);
    }
}
