package dev.rivulet.job;

/**
 * Why an attempt failed.
 *
 * @param kind decides the fate
 * @param reason one line
 * @param log the last lines that the tool wrote, empty when there are none
 */
public record TaskFailure(FailureKind kind, String reason, String log) {}
