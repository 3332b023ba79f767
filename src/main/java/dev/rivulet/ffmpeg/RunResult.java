package dev.rivulet.ffmpeg;

import java.util.Optional;

/**
 * How a process ended.
 *
 * @param exit its exit status, -1 when it has none
 * @param killed why we killed it, if we did
 * @param log the end of what it wrote to standard error
 */
public record RunResult(int exit, Optional<String> killed, String log) {
    /** It ran to its end by itself and says that all is well. */
    public boolean ok() {
        return exit == 0 && killed.isEmpty();
    }

    /** One line for people. */
    public String reason() {
        return killed.map(why -> "ffmpeg " + why).orElseGet(() -> "ffmpeg ended with status " + exit + lastLine());
    }

    private String lastLine() {
        return log.isEmpty() ? "" : ": " + log.substring(log.lastIndexOf('\n') + 1);
    }
}
