package dev.rivulet.ffmpeg;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.FailureKind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final int SIGKILL = 137;
    private static final int SIGTERM = 143;
    /** What newer ffmpegs make of ENOSPC and ENOMEM, whether or not the log could take it. */
    private static final int NO_SPACE_STATUS = 256 - 28;

    private static final int NO_MEMORY_STATUS = 256 - 12;

    /**
     * As the operating system, x264 and ffmpeg's threads word it. An x264 that cannot start its threads says nothing, and its
     * parameters are ours: they are not what is wrong when it cannot be opened.
     */
    private static final Pattern NO_MEMORY = Pattern.compile("Cannot allocate memory|ould not allocate memory"
            + "|malloc of size \\d+ failed|pthread_create\\(\\) failed|failed to map segment from shared object"
            + "|enc:libx264[^\\n]*Error while opening encoder");

    /** It ran to its end by itself and says that all is well. */
    public boolean ok() {
        return exit == 0 && killed.isEmpty();
    }

    /** It gave up by itself, and not for want of room or memory: so it is the source that it could not go on with. */
    public boolean gaveUp() {
        return exit > 0 && !SIGNALS.contains(exit) && killed.isEmpty() && !diskFull() && !outOfMemory();
    }

    /** It was ended from outside, or for want of what the machine should have had: that says nothing about the source. */
    public boolean brokenOff() {
        return !ok()
                && ((killed.isEmpty() && exit == SIGTERM) || !failureKind(true).counts());
    }

    /**
     * Whose fault it is that it did not.
     *
     * @param begun whether something of the source could be decoded
     */
    public FailureKind failureKind(boolean begun) {
        if (killed.isPresent()) {
            FailureKind kind = killed.get().kind();
            // A decoder without memory may go on complaining for ever, or wait for a thread that could not begin.
            boolean limited = kind == FailureKind.TIMEOUT || kind == FailureKind.TOOL;
            return limited && NO_MEMORY.matcher(log).find() ? FailureKind.MEMORY : kind;
        } else if (diskFull()) {
            return FailureKind.STORAGE;
        } else if (outOfMemory()) {
            return FailureKind.MEMORY;
        }
        return begun || !gaveUp() ? FailureKind.TOOL : FailureKind.INPUT;
    }

    private boolean diskFull() {
        return exit == NO_SPACE_STATUS || DiskFull.in(log);
    }

    /** When memory runs out, the system kills without a word; so does an operator, to whom it makes no difference. */
    private boolean outOfMemory() {
        return exit == SIGKILL
                || exit == NO_MEMORY_STATUS
                || NO_MEMORY.matcher(log).find();
    }

    /** One line for people; of a full disk always in words that {@link DiskFull} knows. */
    public String reason() {
        String reason = killed.map(why -> "ffmpeg " + why.reason())
                .orElseGet(() -> "ffmpeg ended with status " + exit + lastLine());
        boolean unsaid = killed.isEmpty() && diskFull() && !DiskFull.in(reason);
        return unsaid ? reason + ": " + DiskFull.WORDS : reason;
    }

    private String lastLine() {
        return log.isEmpty() ? "" : ": " + log.substring(log.lastIndexOf('\n') + 1);
    }
}
