package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.FailureKind;
import dev.rivulet.testing.MadeMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real ffmpeg with less memory than it needs: told apart from a broken file and from a broken tool. */
class MemoryIT {
    @TempDir
    static Path folder;

    static Path clip;

    @BeforeAll
    static void make() {
        clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "1280x720", "25", 4);
    }

    /** Wherever it runs out: loading libraries, starting threads, opening encoders, encoding. */
    @ParameterizedTest
    @CsvSource({"5, 1", "40, 1", "80, 1", "120, 1", "200, 1", "200, 4"})
    void itSaysSo(int mebibytes, int threads) {
        RunResult result = encode(mebibytes, threads);

        assertThat(result.ok()).isFalse();
        assertThat(result.failureKind(true)).as(result.log()).isEqualTo(FailureKind.MEMORY);
        assertThat(result.failureKind(false)).isEqualTo(FailureKind.MEMORY);
    }

    /** What a task that runs alone hopes for. */
    @ParameterizedTest
    @CsvSource({"400, 8, false", "400, 1, true"})
    void oneThreadGetsAlongWithLess(int mebibytes, int threads, boolean enough) {
        assertThat(encode(mebibytes, threads).ok()).isEqualTo(enough);
    }

    private static RunResult encode(long mebibytes, int threads) {
        Limits limits =
                new Limits(36_000_000, 32, mebibytes << 20, 16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10));
        String count = Integer.toString(threads);
        try (FfmpegRunner runner = new FfmpegRunner(MadeMedia.bundled(), limits, new Sandbox.None("left out"))) {
            return runner.ffmpeg(
                    "a test",
                    List.of(
                            "-nostdin",
                            "-v",
                            "error",
                            "-y",
                            "-threads",
                            count,
                            "-filter_complex_threads",
                            count,
                            "-i",
                            clip.toString(),
                            "-filter_complex",
                            "[0:0]scale=1280:720[v]",
                            "-map",
                            "[v]",
                            "-c:v",
                            "libx264",
                            "-threads",
                            count,
                            "-preset",
                            "fast",
                            folder.resolve("out.mp4").toString()),
                    Access.writing(List.of(clip), folder),
                    folder.resolve("log.txt"),
                    Duration.ofSeconds(60),
                    progress -> {});
        }
    }
}
