package dev.rivulet.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Servers that outlived the process that started them, because that was killed. They are ours beyond doubt: their
 * executable lies in our tools folder and they work in the very folder that we hold the lock of.
 */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Leftovers() {}

    /** Those that work in the folder. */
    static List<ProcessHandle> in(Path dataDir, Path folder) throws IOException {
        Path tools = real(dataDir.resolve("tools"));
        Path place = real(folder);
        return ProcessHandle.allProcesses()
                .filter(process -> link(process, "cwd").equals(place.toString()))
                .filter(process -> link(process, "exe").startsWith(tools + "/"))
                .toList();
    }

    /**
     * Those whose command begins so, as that of a server's sessions does. Everybody may read commands: in a container root
     * may not see where a process of nobody works.
     */
    static List<ProcessHandle> called(String beginning) {
        return ProcessHandle.allProcesses()
                .filter(process -> command(process.pid()).startsWith(beginning))
                .toList();
    }

    /** Its words, with zero bytes between and behind; empty once it has ended, even when nobody has taken notice. */
    static String command(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits until they have ended, and ends by force what does not. */
    static void await(List<ProcessHandle> processes) throws IOException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (processes.stream().anyMatch(Leftovers::runs)) {
                if (System.nanoTime() > patience) {
                    processes.forEach(ProcessHandle::destroyForcibly);
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Not by isAlive: true also of what has ended and waits for process 1 to take notice, which may take for ever. */
    private static boolean runs(ProcessHandle process) {
        return !command(process.pid()).isEmpty();
    }

    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    private static String link(ProcessHandle process, String name) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), name))
                    .toString();
        } catch (IOException e) {
            return ""; // ended meanwhile, or somebody else's
        }
    }
}
