package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;
import java.util.Optional;

/**
 * Why a process was killed.
 *
 * @param kind whose fault it is
 * @param reason what goes on after "ffmpeg", for people
 */
public record Killed(FailureKind kind, String reason) {
    /** What the shell and Java make of SIGXFSZ: a file grew beyond its limit. */
    private static final int FILE_TOO_LARGE = 128 + 25;
    /** The same of SIGKILL, from somebody else: mostly the system, out of memory. */
    private static final int KILLED = 128 + 9;

    /** What an exit status tells of a signal that we did not send. */
    static Optional<Killed> bySignal(int exit) {
        return switch (exit) {
            case FILE_TOO_LARGE -> Optional.of(new Killed(FailureKind.TOOL, "wrote more than it may"));
            case KILLED ->
                Optional.of(new Killed(FailureKind.MEMORY, "was killed from outside, as for want of memory"));
            default -> Optional.empty();
        };
    }
}
