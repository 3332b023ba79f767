package dev.rivulet.ffmpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words before a command that bound what it may take from the machine, as far as the machine has the tools. */
final class ProcessLimits {
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private ProcessLimits() {}

    /**
     * By how readily it yields. It leads a session of its own, dies with us, gains no rights, bounds memory and file size,
     * leaves no core file, and yields to the server.
     */
    static Map<Niceness, List<String>> prefixes(Limits limits) {
        return Stream.of(Niceness.values())
                .collect(Collectors.toMap(niceness -> niceness, niceness -> prefix(limits, niceness)));
    }

    private static List<String> prefix(Limits limits, Niceness niceness) {
        List<String> words = new ArrayList<>();
        if (find("setsid").isPresent()) {
            words.add("setsid");
        }
        if (find("setpriv").isPresent()) {
            words.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--no-new-privs", "--"));
        }
        if (find("prlimit").isPresent()) {
            words.addAll(List.of("prlimit", "--core=0", "--fsize=" + limits.maxOutputBytes()));
            if (limits.memory() > 0) {
                words.add("--data=" + limits.memory());
            }
            words.add("--");
        }
        if (find("nice").isPresent()) {
            words.addAll(List.of("nice", "-n", niceness.word()));
        }
        return List.copyOf(words);
    }

    /** A tool of the system. */
    static Optional<Path> find(String tool) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(tool))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
