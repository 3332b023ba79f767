package dev.rivulet.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the tools need of the machine to start: where they and their libraries are, and their environment. */
final class ToolPaths {
    private static final String LIBRARIES = "LD_LIBRARY_PATH";
    private static final Path SYSTEM = Path.of("/usr");

    private ToolPaths() {}

    /** All that a process sees of our environment, in which passwords may be. */
    static Map<String, String> environment(FfmpegTools tools) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        String libraries = System.getenv(LIBRARIES);
        if (libraries != null) {
            environment.put(LIBRARIES, libraries);
        }
        environment.putAll(tools.environment());
        return environment;
    }

    /** A process that is to begin: with that environment, and with nothing to read. */
    static ProcessBuilder process(FfmpegTools tools, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment(tools));
        return builder.redirectInput(new File("/dev/null"));
    }

    /** Folders beside {@code /usr} that must be seen; of an installation {@code x/bin} all of {@code x}. */
    static List<Path> of(FfmpegTools tools) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path tool : List.of(tools.ffmpeg(), tools.ffprobe())) {
            folders.add(folder(tool));
            try {
                folders.add(folder(tool.toRealPath()));
            } catch (IOException e) {
                // It is not there; starting it will say so.
                continue;
            }
        }
        Stream.of(environment(tools).getOrDefault(LIBRARIES, "").split(File.pathSeparator))
                .filter(library -> library.startsWith("/") && Files.isDirectory(Path.of(library)))
                .forEach(library -> folders.add(Path.of(library)));
        return folders.stream()
                .filter(folder -> !folder.startsWith(SYSTEM) && folder.getNameCount() > 0)
                .toList();
    }

    /** Where a system folder leads that is only a link, as in today's distributions. */
    static Optional<String> link(String folder) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of(folder)).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path folder(Path tool) {
        Path folder = tool.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return Path.of("/");
        }
        Path installed = folder.getParent();
        return folder.endsWith("bin") && installed != null && installed.getNameCount() > 0 ? installed : folder;
    }
}
