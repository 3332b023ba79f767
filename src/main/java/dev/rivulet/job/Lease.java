package dev.rivulet.job;

import java.util.UUID;

/**
 * The right to work on a task for a while. A write under a token that is no longer the task's is refused (fencing).
 *
 * @param task the claimed task
 * @param token made anew by every claim
 * @param attempt number of this attempt, from 1
 */
public record Lease(TaskId task, UUID token, int attempt) {}
