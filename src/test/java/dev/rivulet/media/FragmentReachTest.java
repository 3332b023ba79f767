package dev.rivulet.media;

import static dev.rivulet.testing.BoxFile.box;
import static dev.rivulet.testing.BoxFile.join;
import static dev.rivulet.testing.BoxFile.number;
import static dev.rivulet.testing.BoxFile.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FragmentReachTest {
    private static final int SCALE = 1000;
    /** A film of pictures (track 1) and sound (track 2), 40 ms a sample where a fragment does not say otherwise. */
    private static final byte[] MOOV = moov(box("mehd", zeros(4), number(4, 60_000)));

    @Test
    void anIndexWithoutFragmentsIsNone() {
        assertThat(FragmentReach.begin(box("moov", head(), trak(1, "vide")), 0)).isEmpty();
    }

    @Test
    void theIndexMayPromiseALength() {
        assertThat(FragmentReach.promised(MOOV)).contains(Rational.of(60));
        assertThat(FragmentReach.promised(moov())).isEmpty();
        assertThat(FragmentReach.promised(moov(box("mehd", number(4, 1 << 24), number(8, Long.MAX_VALUE)))))
                .isEmpty();
    }

    @Test
    void reachesAsFarAsWholeFragmentsDo() {
        byte[] film = film(fragment(1, 0, 50), fragment(1, 2000, 50), fragment(1, 4000, 50));

        FragmentReach all = begin(MOOV).further(bytes(film), film.length);

        assertThat(all.bytes()).isEqualTo(film.length);
        assertThat(all.fragments()).isEqualTo(3);
        assertThat(all.seconds()).isEqualTo(Rational.of(6));
        FragmentReach less = begin(MOOV).further(bytes(film), film.length - 1);
        assertThat(less.bytes()).isEqualTo(film.length - fragment(1, 4000, 50).length);
        assertThat(less.seconds()).isEqualTo(Rational.of(4));
    }

    @Test
    void goesOnWhereverItWasInterrupted() {
        byte[] film = film(fragment(1, 0, 50), box("sidx", zeros(24)), fragment(2, 0, 50), fragment(1, 2000, 25));
        FragmentReach whole = begin(MOOV).further(bytes(film), film.length);

        for (int end = MOOV.length; end < film.length; end++) {
            byte[] there = Arrays.copyOf(film, end);
            FragmentReach some = begin(MOOV).further(bytes(there), end);
            assertThat(some.bytes()).isLessThanOrEqualTo(end);
            assertThat(some.further(bytes(film), film.length)).isEqualTo(whole);
        }
    }

    @Test
    void aTrackOfPicturesWithoutAFragmentKeepsTheWholeBack() {
        byte[] moov = box("moov", head(), trak(1, "vide"), trak(3, "vide"), box("mvex"));
        byte[] film = join(moov, fragment(1, 0, 50));

        assertThat(begin(moov).further(bytes(film), film.length).seconds()).isEqualTo(Rational.ZERO);
    }

    @Test
    void soundThatIsFarAheadDoesNotCount() {
        byte[] film = film(fragment(2, 0, 500), fragment(1, 0, 50));

        assertThat(begin(MOOV).further(bytes(film), film.length).seconds()).isEqualTo(Rational.of(2));
    }

    @Test
    void aFilmThatBeginsLateIsAsLongAsItIs() {
        byte[] film = film(fragment(1, 90_000_000, 50), fragment(1, 90_002_000, 50));

        assertThat(begin(MOOV).further(bytes(film), film.length).seconds()).isEqualTo(Rational.of(4));
    }

    @Test
    void oddFilmsAreNotFollowed() {
        refuses(film(fragment(1, 2000, 50), fragment(1, 0, 50)));
        refuses(film(fragment(7, 0, 50)));
        refuses(film(fragment(1, 0, 50), MOOV));
        refuses(film(number(4, 4), "free".getBytes(StandardCharsets.ISO_8859_1), zeros(20)));
        refuses(film(number(4, 0), "mdat".getBytes(StandardCharsets.ISO_8859_1), zeros(20)));
        refuses(film(number(4, 1), "mdat".getBytes(StandardCharsets.ISO_8859_1), number(8, -5), zeros(20)));
        refuses(film(fragment(1, 0, 1), fragment(1, 900_000_000, 1)));
        refuses(film(box("moof", box("traf", box("tfhd", zeros(4), number(4, 1)))), zeros(20)));
        refuses(film(box("moof", box("traf", box("tfhd", zeros(2)))), zeros(20)));
        refuses(film(box("moof", box("traf", zeros(3))), zeros(20)));
        refuses(film(
                box(
                        "moof",
                        box(
                                "traf",
                                box("tfhd", zeros(4), number(4, 1)),
                                box("tfdt", number(4, 1 << 24), number(8, 0)),
                                box("trun", number(4, 0x100), number(4, -1)))),
                zeros(20)));
    }

    @Test
    void aBoxBeyondWhatIsThereIsWaitedFor() {
        byte[] film = film(fragment(1, 0, 50), number(4, -1), "mdat".getBytes(StandardCharsets.ISO_8859_1), zeros(20));

        assertThat(begin(MOOV).further(bytes(film), film.length).fragments()).isEqualTo(1);
    }

    @Test
    void boxesWithoutEndAndFragmentsWithoutEndAreNotFollowed() {
        byte[] free = box("free");
        byte[] many = new byte[free.length * 500_000];
        for (int at = 0; at < many.length; at += free.length) {
            System.arraycopy(free, 0, many, at, free.length);
        }
        refuses(film(many));
        byte[][] tiny = new byte[50_001][];
        for (int i = 0; i < tiny.length; i++) {
            tiny[i] = fragment(1, i * 40L, 1);
        }
        refuses(film(tiny));
    }

    @Test
    void anotherFileHasAnotherDigest() {
        byte[] film = film(fragment(1, 0, 50), fragment(1, 2000, 50));
        byte[] other = film(fragment(1, 0, 50), fragment(1, 2001, 50));

        assertThat(begin(MOOV).further(bytes(film), film.length).sha256())
                .isNotEqualTo(begin(MOOV).further(bytes(other), other.length).sha256());
    }

    private static void refuses(byte[] film) {
        assertThatThrownBy(() -> begin(MOOV).further(bytes(film), film.length))
                .isInstanceOf(MalformedMediaException.class);
    }

    private static FragmentReach begin(byte[] moov) {
        return FragmentReach.begin(moov, 0).orElseThrow();
    }

    private static MovieHead.Bytes bytes(byte[] film) {
        return (offset, length) -> offset + length <= film.length
                ? Optional.of(Arrays.copyOfRange(film, (int) offset, (int) offset + length))
                : Optional.empty();
    }

    private static byte[] film(byte[]... parts) {
        return join(MOOV, join(parts));
    }

    private static byte[] fragment(int track, long time, int samples) {
        byte[] traf = box(
                "traf",
                box("tfhd", zeros(4), number(4, track)),
                box("tfdt", number(4, 1 << 24), number(8, time)),
                box("trun", zeros(4), number(4, samples)));
        return join(box("moof", box("mfhd", zeros(8)), traf), box("mdat", zeros(samples)));
    }

    private static byte[] moov(byte[]... extension) {
        byte[] defaults = join(trex(1), trex(2));
        return box("moov", head(), trak(1, "vide"), trak(2, "soun"), box("mvex", join(extension), defaults));
    }

    private static byte[] head() {
        return box("mvhd", zeros(12), number(4, SCALE), zeros(80));
    }

    private static byte[] trex(int track) {
        return box("trex", zeros(4), number(4, track), number(4, 1), number(4, 40), zeros(8));
    }

    private static byte[] trak(int id, String kind) {
        byte[] handler = join(zeros(8), kind.getBytes(StandardCharsets.ISO_8859_1), zeros(13));
        return box(
                "trak",
                box("tkhd", zeros(12), number(4, id), zeros(60)),
                box("mdia", box("mdhd", zeros(12), number(4, SCALE), zeros(8)), box("hdlr", handler)));
    }
}
