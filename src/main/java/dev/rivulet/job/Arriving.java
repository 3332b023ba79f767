package dev.rivulet.job;

/**
 * A video of which bytes are still on their way.
 *
 * @param source what it was planned from
 * @param arrived bytes from the beginning that are on stable storage; a second part is there whole
 */
public record Arriving(EarlySource source, long arrived) {}
