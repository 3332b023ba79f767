package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;

/**
 * Why a process was killed.
 *
 * @param kind whose fault it is
 * @param reason what goes on after "ffmpeg", for people
 */
public record Killed(FailureKind kind, String reason) {}
