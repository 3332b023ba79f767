package dev.rivulet.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Waits until they have ended, and ends by force what does not. */
    static void await(List<ProcessHandle> processes) {
        CompletableFuture<?> ended = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            processes.forEach(ProcessHandle::destroyForcibly);
            ended.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
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
