package dev.rivulet.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end for what it prints. */
final class Command {
    private Command() {}

    /**
     * What a program left.
     *
     * @param exit its exit code
     * @param output standard output and standard error as they came
     */
    record Result(int exit, String output) {
        /** The last lines in one, for an error message. */
        String tail() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        }
    }

    /**
     * Runs a program, at most for so long. One that is broken off takes along what it has begun; what one has begun that
     * ended by itself stays.
     *
     * @throws IOException when it cannot be started or does not end in time
     */
    static Result run(List<String> words, Map<String, String> environment, Duration limit) throws IOException {
        // Into a file, not a pipe: what pg_ctl starts inherits the pipe and would keep it open for ever.
        Path output = Files.createTempFile("rivulet-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            await(process, words.get(0), limit);
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    private static void await(Process process, String name, Duration limit) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            throw new IOException(name + " did not end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", e);
        } finally {
            if (process.isAlive()) {
                // First what it has begun: once it has ended nobody can tell whose those were.
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroyForcibly();
            }
        }
    }
}
