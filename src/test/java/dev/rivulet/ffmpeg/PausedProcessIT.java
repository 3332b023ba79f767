package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.config.Settings.SandboxMode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Looks;
import dev.rivulet.testing.MadeMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real ffmpeg stands still and goes on, in a sandbox and without one. It encodes 4 s of film in no less than 4 s. */
class PausedProcessIT {
    private static final String KEY = "a test";
    private static final int FRAMES = 100;
    /** Less than the process and its pause take together. */
    private static final Duration LIMIT = Duration.ofSeconds(9);

    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 0, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(4));

    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(6);

    @TempDir
    Path folder;

    Path work;

    @BeforeEach
    void prepare() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItStandsStillItIsNotTakenForStuckAndItsTimeDoesNotRun(boolean shut) {
        try (FfmpegRunner runner = runner(shut)) {
            CompletableFuture<RunResult> result = encode(runner);
            Looks.until(10, () -> Files.exists(work.resolve("film.mp4")), () -> "it does not begin");
            runner.pause(KEY);
            runner.pause(KEY);
            awaitState('T');
            long end = System.nanoTime() + STILL_NANOS;
            Looks.until(
                    10,
                    () -> {
                        assertThat(states()).containsExactly('T');
                        return System.nanoTime() > end;
                    },
                    () -> "");
            runner.goOn(KEY);
            assertThat(result.join().ok()).as(result.join().reason()).isTrue();
            assertThat(result.join().log()).isEmpty();
            assertThat(frames()).isEqualTo(FRAMES);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatStandsStillIsKilledAtOnce(boolean shut) {
        try (FfmpegRunner runner = runner(shut)) {
            CompletableFuture<RunResult> result = encode(runner);
            Looks.until(10, () -> Files.exists(work.resolve("film.mp4")), () -> "it does not begin");
            runner.pause(KEY);
            awaitState('T');
            long begun = System.nanoTime();
            runner.kill(KEY, "is not wanted any more");
            assertThat(result.join().failureKind(true)).isEqualTo(FailureKind.LOST);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            DataProcesses.awaitNone(folder, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBeginsInAPauseStandsStillUntilItIsOver(boolean shut) {
        try (FfmpegRunner runner = runner(shut)) {
            runner.pause(KEY);
            CompletableFuture<RunResult> result = encode(runner);
            awaitState('T');
            runner.goOn(KEY);
            assertThat(result.join().ok()).as(result.join().reason()).isTrue();
            assertThat(frames()).isEqualTo(FRAMES);
        }
    }

    /** What of another task's is paused is nothing to this one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndOfAPauseThatIsOverChangesNothing(boolean shut) {
        try (FfmpegRunner runner = runner(shut)) {
            runner.pause(KEY);
            runner.goOn(KEY);
            runner.pause("another");
            runner.goOn(KEY);
            assertThat(encode(runner).join().ok()).isTrue();
        }
    }

    private CompletableFuture<RunResult> encode(FfmpegRunner runner) {
        List<String> args = List.of(
                "-nostdin",
                "-v",
                "error",
                "-re",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x90:rate=25:duration=4",
                "-c:v",
                "libx264",
                "-threads",
                "1",
                work.resolve("film.mp4").toString());
        return CompletableFuture.supplyAsync(() -> runner.ffmpeg(
                KEY, args, Access.writing(List.of(), work), folder.resolve("log.txt"), LIMIT, progress -> {}));
    }

    private FfmpegRunner runner(boolean shut) {
        FfmpegTools tools = MadeMedia.bundled();
        Sandbox sandbox = shut ? Sandbox.find(SandboxMode.AUTO, tools, work) : new Sandbox.None("left out");
        assumeTrue(sandbox.works() == shut, sandbox.detail());
        return new FfmpegRunner(tools, LIMITS, sandbox);
    }

    private void awaitState(char state) {
        Looks.until(10, () -> states().equals(List.of(state)), () -> "not " + state + " but " + states());
    }

    /** Of ffmpeg itself, not of what waits for it. */
    private List<Character> states() {
        return DataProcesses.naming(work, "libx264").stream()
                .filter(process -> !DataProcesses.command(process).contains("bwrap"))
                .map(DataProcesses::state)
                .toList();
    }

    private int frames() {
        MadeMedia.Output counted = MadeMedia.run(List.of(
                MadeMedia.bundled().ffprobe().toString(),
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                work.resolve("film.mp4").toString()));
        return Integer.parseInt(counted.text().strip());
    }
}
