package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.ffmpeg.PartedSource.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartedSourceTest {
    private static final Path FRONT = Path.of("/data/work/uploads/a.part");
    private static final Path TAIL = Path.of("/data/work/uploads/b,:c.part");

    @Test
    void putsPartsInTheirPlacesWithZerosBetween() throws IOException {
        String address = PartedSource.address(List.of(
                        new Piece(Optional.of(FRONT), 1000),
                        new Piece(Optional.empty(), 9000),
                        new Piece(Optional.of(TAIL), 77)))
                .orElseThrow();
        assertThat(address)
                .isEqualTo("concat:subfile,,start,0,end,1000,,:" + FRONT + "|subfile,,start,0,end,9000,,:/dev/zero"
                        + "|subfile,,start,0,end,77,,:" + TAIL);
        assertThat(PartedSource.files(address)).containsExactly(FRONT, TAIL);
        assertThat(PartedSource.size(address)).isEqualTo(10_077);
        assertThat(PartedSource.protocols(address)).isEqualTo("file,concat,subfile");
    }

    @Test
    void aPathIsReadAsBeforeAndWhatIsFedOpensNothing() {
        assertThat(PartedSource.protocols("/data/x")).isEqualTo("file");
        assertThat(PartedSource.files("/data/x")).containsExactly(Path.of("/data/x"));
        assertThat(PartedSource.protocols(PartedSource.FED)).isEqualTo("pipe");
        assertThat(PartedSource.files(PartedSource.FED)).isEmpty();
    }

    @Test
    void hasNoAddressWhereAPathWouldBeTakenForTwo() {
        assertThat(PartedSource.address(List.of(new Piece(Optional.of(Path.of("/da|ta/x")), 1))))
                .isEmpty();
    }
}
