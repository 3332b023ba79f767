package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals that Java has no call for: they stop a process and let it go on. */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    /** Of a shell, because not every Debian has the program; the words after it are numbers. */
    private static final String KILL = "kill \"$@\" 2>/dev/null";

    private Signals() {}

    /**
     * Stops what works: the processes at the ends of the tree. What only waits for them goes on, so that it ends by itself when
     * they are killed.
     *
     * @return to be let go on
     */
    static List<ProcessHandle> stop(ProcessHandle root) {
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        Set<Long> parents = tree.stream()
                .map(ProcessHandle::parent)
                .flatMap(Optional::stream)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        List<ProcessHandle> ends = tree.stream()
                .filter(process -> !parents.contains(process.pid()))
                .toList();
        send("-STOP", ends);
        return ends;
    }

    /** Those that have ended meanwhile are left out. */
    static void goOn(List<ProcessHandle> stopped) {
        send("-CONT", stopped.stream().filter(ProcessHandle::isAlive).toList());
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", KILL, "sh", signal));
        processes.forEach(process -> words.add(Long.toString(process.pid())));
        try {
            // Its status says little: one that has just ended makes it fail, and the others have got the signal.
            new ProcessBuilder(words)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("{} cannot be sent: {}", signal, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
