package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;
import java.util.Optional;
import java.util.Set;

/**
 * How a process ended.
 *
 * @param exit its exit status, -1 when it has none
 * @param killed why we or the kernel's limits killed it, if that was so
 * @param log the end of what it wrote to standard error
 */
public record RunResult(int exit, Optional<Killed> killed, String log) {
    /** Exit statuses of a process that a signal ended: 128 and its number (ILL, ABRT, BUS, FPE, KILL, SEGV, XFSZ, TERM). */
    private static final Set<Integer> SIGNALS = Set.of(132, 134, 135, 136, 137, 139, 153, 143);
    /** As the operating system words it, in ffmpeg's log. */
    private static final String DISK_FULL = "No space left on device";

    private static final String NO_MEMORY = "Cannot allocate memory";

    /** It ran to its end by itself and says that all is well. */
    public boolean ok() {
        return exit == 0 && killed.isEmpty();
    }

    /** It gave up by itself, and not for want of room or memory: so it is the source that it could not go on with. */
    public boolean gaveUp() {
        return exit > 0
                && !SIGNALS.contains(exit)
                && killed.isEmpty()
                && !log.contains(DISK_FULL)
                && !log.contains(NO_MEMORY);
    }

    /**
     * Whose fault it is that it did not.
     *
     * @param begun whether something of the source could be decoded
     */
    public FailureKind failureKind(boolean begun) {
        if (killed.isPresent()) {
            return killed.get().kind();
        } else if (log.contains(DISK_FULL)) {
            return FailureKind.STORAGE;
        }
        return begun || !gaveUp() ? FailureKind.TOOL : FailureKind.INPUT;
    }

    /** One line for people. */
    public String reason() {
        return killed.map(why -> "ffmpeg " + why.reason())
                .orElseGet(() -> "ffmpeg ended with status " + exit + lastLine());
    }

    private String lastLine() {
        return log.isEmpty() ? "" : ": " + log.substring(log.lastIndexOf('\n') + 1);
    }
}
