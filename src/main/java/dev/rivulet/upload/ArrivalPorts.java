package dev.rivulet.upload;

import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.Arrivals;

/**
 * Where it is told what has arrived of uploads, so that work on them begins before they end.
 *
 * @param rows what outlives this process
 * @param now what those hear who read along
 */
public record ArrivalPorts(ArrivalStore rows, Arrivals now) {}
