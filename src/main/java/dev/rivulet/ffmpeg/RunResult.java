package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;
import java.util.Optional;

/**
 * How a process ended.
 *
 * @param exit its exit status, -1 when it has none
 * @param killed why we or the kernel's limits killed it, if that was so
 * @param log the end of what it wrote to standard error
 */
public record RunResult(int exit, Optional<Killed> killed, String log) {
    /** It ran to its end by itself and says that all is well. */
    public boolean ok() {
        return exit == 0 && killed.isEmpty();
    }

    /** Whose fault it is that it did not. */
    public FailureKind failureKind() {
        return killed.map(Killed::kind).orElse(FailureKind.TOOL);
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
