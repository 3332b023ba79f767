package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rivulet.testing.Looks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    /** As pg_ctl has begun a server when it is broken off: nobody would end that. */
    @Test
    void whatABrokenOffCommandHasBegunIsEndedToo() throws Exception {
        Path number = folder.resolve("number");
        List<String> words = script("setsid sleep 600 & echo $! > number.new; mv number.new number; wait");
        FutureTask<Throwable> broken = new FutureTask<>(() -> catchThrowable(() -> Command.run(words, Map.of(), LONG)));
        Thread runs = new Thread(broken, "runs");
        runs.start();
        Looks.until(PATIENCE_SECONDS, () -> Files.exists(number), () -> "it never began");
        long begun = Long.parseLong(Files.readString(number).strip());
        assertThat(Leftovers.command(begun)).isNotEmpty();
        runs.interrupt();
        Looks.until(PATIENCE_SECONDS, () -> Leftovers.command(begun).isEmpty(), () -> "it goes on");
        assertThat(broken.get()).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
    }

    @Test
    void whatACommandLeavesThatEndedByItselfStays() throws Exception {
        Command.Result result = Command.run(script("setsid sleep 600 > /dev/null & echo $!"), Map.of(), LONG);
        long begun = Long.parseLong(result.output().strip());
        try {
            assertThat(result.exit()).isZero();
            assertThat(Leftovers.command(begun)).isNotEmpty();
        } finally {
            ProcessHandle.of(begun).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private List<String> script(String text) {
        return List.of("sh", "-c", "cd " + folder + " && { " + text + "; }");
    }
}
