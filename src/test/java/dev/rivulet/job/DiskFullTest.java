package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFullTest {
    @ParameterizedTest
    @CsvSource({
        "No space left on device, true",
        "x.mp4: av_interleaved_write_frame(): No space left on device, true",
        "ERROR: could not extend file \"base/1\": No space left on device (53100), true",
        "write: Disk quota exceeded, true",
        "/data/x: disk quota exceeded, true",
        "Input/output error, false",
        "Cannot allocate memory, false",
        "'', false"
    })
    void theOperatingSystemsWordsAreKnown(String text, boolean full) {
        assertThat(DiskFull.in(text)).isEqualTo(full);
    }

    @Test
    void aCauseTellsToo() {
        Throwable cause = new FileSystemException("/data/x", null, DiskFull.WORDS);
        assertThat(DiskFull.in(cause)).isTrue();
        assertThat(DiskFull.in(new IllegalStateException("cannot write", new IOException("x", cause))))
                .isTrue();
        assertThat(DiskFull.in(new IOException())).isFalse();
        assertThat(DiskFull.in(new IOException("x", new IOException("y")))).isFalse();
    }

    @Test
    void causesThatGoInACircleEnd() {
        IOException one = new IOException("one");
        IOException other = new IOException("other", one);
        one.initCause(other);
        assertThat(DiskFull.in(one)).isFalse();
    }
}
