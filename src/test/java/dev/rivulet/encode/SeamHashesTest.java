package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeamHashesTest {
    @Test
    void readsWhatFfmpegWrites() {
        String file = new String(Golden.bytes("fragments/seam.framemd5"), StandardCharsets.UTF_8);

        SeamHashes hashes = SeamHashes.parse(file.lines().toList());

        assertThat(hashes.first()).get().asString().matches("[0-9a-f]{32}");
        assertThat(hashes.next())
                .get()
                .asString()
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(hashes.first().get());
    }

    @Test
    void whereTheSourceEndsThereIsNoNextFrame() {
        assertThat(SeamHashes.parse(List.of("#format: frame checksums", "0, 0, 0, 1, 3456,  " + "ab".repeat(16))))
                .isEqualTo(new SeamHashes(Optional.of("ab".repeat(16)), Optional.empty()));
    }

    @Test
    void withoutFramesThereIsNone() {
        assertThat(SeamHashes.parse(List.of()))
                .isEqualTo(SeamHashes.parse(List.of("#software: x, y", "", "#")))
                .isEqualTo(new SeamHashes(Optional.empty(), Optional.empty()));
    }
}
