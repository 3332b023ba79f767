package dev.rivulet.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides the fate of a failed attempt.
 *
 * @param attempts attempts in all, at least 1
 */
public record RetryPolicy(int attempts) {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    private static final List<Duration> STORAGE_PAUSES =
            List.of(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(90));

    /** Failures for want of memory after which a task is given up at the earliest: the second attempt is alone. */
    private static final int MEMORY_FAILURES = 2;

    /**
     * The pause before the next attempt, or empty when the task has failed for good.
     *
     * @param attempt the number of the attempt that failed, from 1; where that is counted apart, among those of its kind
     */
    public Optional<Duration> next(FailureKind kind, int attempt) {
        int most = kind == FailureKind.MEMORY ? Math.max(attempts, MEMORY_FAILURES) : attempts;
        boolean limited = kind.counts() || kind == FailureKind.MEMORY;
        if (!kind.retryable() || (limited && attempt >= most)) {
            return Optional.empty();
        }
        if (kind == FailureKind.LOST) {
            return Optional.of(Duration.ZERO);
        }
        List<Duration> pauses = kind == FailureKind.STORAGE ? STORAGE_PAUSES : PAUSES;
        return Optional.of(pauses.get(Math.min(attempt, pauses.size()) - 1));
    }

    /**
     * Whether the next attempt has to have its node to itself, and one thread.
     *
     * @param memoryFailures attempts at the task that failed for want of memory
     */
    public static boolean alone(int memoryFailures) {
        return memoryFailures > 0;
    }
}
