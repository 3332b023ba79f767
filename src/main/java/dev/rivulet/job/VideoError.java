package dev.rivulet.job;

/**
 * What is wrong with a video or a quality.
 *
 * @param code the stable code
 * @param message one sentence for people
 */
public record VideoError(ErrorCode code, String message) {}
