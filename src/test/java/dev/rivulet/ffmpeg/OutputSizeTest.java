package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.ffmpeg.OutputSize.Growth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputSizeTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    long clock = -5;

    /** Milliseconds that a look takes; of 16 GiB that may be, GiB found and GiB more than a second ago. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1000",
        "20, 0, 0, 1000",
        "60, 0, 0, 3000",
        "5000, 0, 0, 10000",
        "5000, 8, -1, 10000",
        "5000, 0, 1, 8000",
        "5000, 10, 1, 3000",
        "5000, 15, 1, 1000",
        "5000, 15, 8, 1000",
        "5000, 20, 0, 10000",
        "60, 10, 1, 3000",
        "60, 12, 1, 2000"
    })
    void looksAreRarerTheMoreTheyCostAndMoreFrequentTheNearerTheLimitIs(long took, long found, long grown, long pause) {
        Growth growth = new Growth(grown * GIB, TimeUnit.SECONDS.toNanos(1));

        assertThat(OutputSize.pause(TimeUnit.MILLISECONDS.toNanos(took), found * GIB, growth, 16 * GIB))
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(pause));
    }

    @Test
    void allFilesCountTogetherAndAreLookedAtWhenItIsTime() throws IOException {
        OutputSize size = new OutputSize(folder, 10, () -> clock);
        Files.writeString(folder.resolve("a"), "12345");
        assertThat(size.exceeded()).isFalse();

        Files.writeString(Files.createDirectory(folder.resolve("below")).resolve("b"), "678901");
        assertThat(size.exceeded()).isFalse();
        clock += TimeUnit.SECONDS.toNanos(1);
        assertThat(size.exceeded()).isTrue();
        assertThat(size.exceeded()).isTrue();
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() {
        assertThat(new OutputSize(folder.resolve("gone"), 0, () -> clock).exceeded())
                .isFalse();
    }
}
