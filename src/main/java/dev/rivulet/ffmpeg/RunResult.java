package dev.rivulet.ffmpeg;

import java.util.Optional;
import java.util.Set;

/**
 * How a process ended.
 *
 * @param exit its exit status, -1 when it has none
 * @param killed why we killed it, if we did
 * @param log the end of what it wrote to standard error
 */
public record RunResult(int exit, Optional<String> killed, String log) {
    /** Exit statuses of a process that a signal ended: 128 and its number (ILL, ABRT, BUS, FPE, KILL, SEGV, XFSZ, TERM). */
    private static final Set<Integer> SIGNALS = Set.of(132, 134, 135, 136, 137, 139, 153, 143);

    /** It ran to its end by itself and says that all is well. */
    public boolean ok() {
        return exit == 0 && killed.isEmpty();
    }

    /** It gave up by itself: it neither crashed nor was it ended from outside. */
    public boolean gaveUp() {
        return exit > 0 && !SIGNALS.contains(exit) && killed.isEmpty();
    }

    /** One line for people. */
    public String reason() {
        return killed.map(why -> "ffmpeg " + why).orElseGet(() -> "ffmpeg ended with status " + exit + lastLine());
    }

    private String lastLine() {
        return log.isEmpty() ? "" : ": " + log.substring(log.lastIndexOf('\n') + 1);
    }
}
