package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.MadePicture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields and paces of every kind, found by looking, and made whole frames. */
class FieldsIT {
    private static final double ALIKE = 0.95;
    private static final String LOSSLESS = "-c:v libx264 -preset ultrafast -qp 0";
    /** Smooth and moving: combing shows, and what lies between two fields can be told. */
    private static final String MOVING = "testsrc2=size=640x480:rate=%s:duration=%s,gblur=sigma=2,scroll=h=0.01";

    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource({
        "top, -flags +ilme+ildct -x264opts tff=1, TOP_FIRST",
        "bottom, -flags +ilme+ildct -x264opts bff=1, BOTTOM_FIRST",
        "top, '', TOP_FIRST",
        "bottom, '', BOTTOM_FIRST",
    })
    void fieldsBecomeWholeFrames(String first, String flags, Scan scan) {
        Path original = made("fields50.mkv", "-f lavfi -i " + MOVING.formatted("50", "3") + " " + LOSSLESS);
        String order = flags.isEmpty() ? "prog" : first.equals("top") ? "tff" : "bff";
        Path source = made(
                "fields.mkv",
                "-i " + original + " -vf tinterlace=interleave_" + first + ",setfield=" + order + " -r 25 " + LOSSLESS
                        + " " + flags);
        MadePicture picture = MadePicture.of(source);

        assertThat(picture.plan().source().video().scan()).isEqualTo(scan);
        assertThat(picture.combed()).isLessThan(0.05);
        assertThat(picture.ssim(picture.best(), original, "select='not(mod(n,2))'"))
                .isGreaterThan(ALIKE);
    }

    @Test
    void aFlagThatTheFramesDenyIsNotBelieved() {
        Path source = made(
                "liar.mkv",
                "-f lavfi -i " + MOVING.formatted("25", "3") + " -vf setfield=tff " + LOSSLESS
                        + " -flags +ilme+ildct -x264opts tff=1");

        assertThat(MadePicture.of(source).plan().source().video().scan()).isEqualTo(Scan.PROGRESSIVE);
    }

    @Test
    void telecinedFilmIsFilmAgain() {
        Path film = made("film.mkv", "-f lavfi -i " + MOVING.formatted("24000/1001", "4") + " " + LOSSLESS);
        Path source = made("telecined.mkv", "-i " + film + " -vf telecine -r 30000/1001 " + LOSSLESS);
        MadePicture picture = MadePicture.of(source);

        assertThat(picture.plan().source().video().scan()).isEqualTo(Scan.TELECINED);
        assertThat(picture.plan().grid().rate()).isEqualTo(new Rational(24000, 1001));
        assertThat(picture.combed()).isLessThan(0.05);
        assertThat(picture.ssim(picture.best(), film, "null")).isGreaterThan(ALIKE);
    }

    @ParameterizedTest
    @CsvSource({
        "still.mkv, -f lavfi -i testsrc2=s=64x48:r=25 -frames:v 1",
        "short.mkv, -f lavfi -i testsrc2=s=64x48:r=25:d=0.2",
        "slow.mkv, -f lavfi -i testsrc2=s=64x48:r=1:d=3",
        "fast.mkv, -f lavfi -i testsrc2=s=64x48:r=240:d=1",
        "fastest.mkv, -f lavfi -i testsrc2=s=64x48:r=1000:d=1",
        "moving.gif, -f lavfi -i color=red@0.5:s=64x48:r=10:d=1",
    })
    void everyPaceIsMade(String file, String input) {
        assertThat(MadePicture.of(made(file, input)).best().quality()).isEqualTo("144p");
    }

    private static Path made(String file, String words) {
        return MadeMedia.made(folder.resolve(file), words);
    }
}
