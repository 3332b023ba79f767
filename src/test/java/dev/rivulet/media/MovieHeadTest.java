package dev.rivulet.media;

import static dev.rivulet.testing.BoxFile.box;
import static dev.rivulet.testing.BoxFile.join;
import static dev.rivulet.testing.BoxFile.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovieHeadTest {
    private static final byte[] TYPE = box("ftyp", zeros(16));

    @Test
    void findsAnIndexAtTheFront() {
        byte[] film = join(TYPE, box("free"), box("moov", zeros(40)), box("mdat", zeros(99)));

        assertThat(look(film)).isEqualTo(new MovieHead.Found(0, TYPE.length + 8L, 48));
    }

    @Test
    void boxesWithoutEndAreNotFollowed() {
        byte[] many =
                join(Collections.nCopies(MovieHead.MOST_BOXES, box("free")).toArray(byte[][]::new));

        assertThat(look(join(TYPE, many, box("moov", zeros(40))))).isEqualTo(new MovieHead.Unsuited());
    }

    private static MovieHead look(byte[] film) {
        return MovieHead.look(
                (offset, length) -> offset + length <= film.length
                        ? Optional.of(Arrays.copyOfRange(film, (int) offset, (int) offset + length))
                        : Optional.empty(),
                film.length);
    }
}
