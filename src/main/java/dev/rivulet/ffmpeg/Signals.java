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
    /** What is looked for again, because it was just being started. */
    private static final int ROUNDS = 4;

    private Signals() {}

    /**
     * Stops what works: the processes at the ends of the tree. What only waits for them goes on, so that it ends by itself when
     * they are killed.
     *
     * @return to be let go on; empty when there was nothing, or it could not be done
     */
    static List<ProcessHandle> stop(ProcessHandle root) {
        List<ProcessHandle> stopped = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> fresh =
                    ends(root).stream().filter(end -> !stopped.contains(end)).toList();
            if (fresh.isEmpty() || !send("-STOP", fresh)) {
                break;
            }
            stopped.addAll(fresh);
        }
        return List.copyOf(stopped);
    }

    /**
     * Those that have ended meanwhile are left out.
     *
     * @return false when it is to be tried again
     */
    static boolean goOn(List<ProcessHandle> stopped) {
        List<ProcessHandle> alive =
                stopped.stream().filter(ProcessHandle::isAlive).toList();
        return alive.isEmpty() || send("-CONT", alive);
    }

    private static List<ProcessHandle> ends(ProcessHandle root) {
        List<ProcessHandle> tree = Stream.concat(Stream.of(root), root.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
        Set<Long> parents = tree.stream()
                .map(ProcessHandle::parent)
                .flatMap(Optional::stream)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return tree.stream().filter(process -> !parents.contains(process.pid())).toList();
    }

    /** Its status says little: one that has just ended makes it fail, and the others have got the signal. */
    private static boolean send(String signal, List<ProcessHandle> processes) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", KILL, "sh", signal));
        processes.forEach(process -> words.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(words)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException e) {
            LOG.warn("{} cannot be sent: {}", signal, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
