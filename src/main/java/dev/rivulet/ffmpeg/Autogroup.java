package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kernels that group processes by session (sched(7), "The autogroup feature") let nice count within a session only, and each of
 * our processes leads one: there the group gets the nice value too.
 */
final class Autogroup {
    private static final Logger LOG = LoggerFactory.getLogger(Autogroup.class);

    private Autogroup() {}

    /** Lets a process and all that it has started yield; harmless to repeat, and where there are no such groups. */
    static void yield(ProcessHandle leader, Niceness niceness) {
        String ours = group(ProcessHandle.current());
        Set<String> done = new HashSet<>();
        Stream.concat(Stream.of(leader), leader.descendants()).forEach(process -> {
            String group = group(process);
            // It is in our group until it has become what it was started for: it leads a session then.
            if (!group.isEmpty() && !group.equals(ours) && done.add(group)) {
                set(process, niceness);
            }
        });
    }

    private static void set(ProcessHandle process, Niceness niceness) {
        try {
            Files.writeString(file(process), niceness.word());
        } catch (IOException e) {
            // It has ended, or it is too soon after another one: the kernel takes ten a second from an ordinary user.
            LOG.debug("process={} keeps its nice value: {}", process.pid(), e.getMessage());
        }
    }

    /** The name of its group, without the nice value; empty where there is none. */
    private static String group(ProcessHandle process) {
        try {
            return Files.readString(file(process)).split(" ", 2)[0];
        } catch (IOException e) {
            return "";
        }
    }

    private static Path file(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "autogroup");
    }
}
