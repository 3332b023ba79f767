package dev.rivulet.store;

import java.time.Instant;

/**
 * What lies in a folder, or one file.
 *
 * @param bytes of all files below it
 * @param newest when anything in it was last changed
 */
public record Extent(long bytes, Instant newest) {}
