package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rivulet.media.Rendition;
import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.Colours;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.MadePicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real ffmpeg makes of pictures of every kind, held against expectations that come from elsewhere. */
@BesideOthers
class PicturesIT {
    private static final double ALIKE = 0.95;
    private static final String LOSSLESS = "-c:v libx264 -preset ultrafast -qp 0";

    @TempDir
    static Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bt709, 0.2126, 0.0722, tv, bt709, yuv444p",
        "bt709 full 4:2:0, 0.2126, 0.0722, pc, bt709, yuvj420p",
        "bt601, 0.299, 0.114, tv, smpte170m, yuv420p",
        "bt601 full 4:2:2, 0.299, 0.114, pc, bt470bg, yuv422p",
        "smpte240m, 0.212, 0.087, tv, smpte240m, yuv444p",
        "untagged, 0.299, 0.114, tv, , yuv420p",
        "10 bit 4:2:2, 0.2126, 0.0722, tv, bt709, yuv422p10le",
        "10 bit full, 0.2126, 0.0722, pc, bt709, yuv420p10le",
    })
    void numbersMeanWhatTheSourceSays(
            String name, double red, double blue, String range, @Nullable String matrix, String format) {
        Path raw = Colours.yuv(folder.resolve("numbers.yuv"), red, blue, range.equals("pc"));
        // The same range and matrix on both sides: ffmpeg converts the layout and no colours.
        String pass = "-f rawvideo -s 96x96 -r 25 -pix_fmt yuv444p -color_range " + range + " -i " + raw + " -vf "
                + "setparams=range=" + range + (matrix == null ? "" : ":colorspace=" + matrix);

        showsTheQuadrants(made("numbers.mkv", pass + " " + LOSSLESS + " -pix_fmt " + format), 6);
    }

    @ParameterizedTest
    @CsvSource({
        "-c:v libx264rgb -preset ultrafast -qp 0, rgb.mp4",
        "-c:v qtrle -pix_fmt rgb24, qtrle.mov",
        "-c:v png -pix_fmt rgb24, png.mov",
        "-c:v ffv1 -pix_fmt gbrp10le, ffv1.mkv",
    })
    void redGreenAndBlueStayWhatTheyAre(String encoding, String file) {
        Path raw = Colours.gbr(folder.resolve("rgb.gbr"));

        showsTheQuadrants(made(file, "-f rawvideo -s 96x96 -r 25 -pix_fmt gbrp -i " + raw + " " + encoding), 4);
    }

    @Test
    void wideColoursOfOrdinaryRangeAreBroughtToBt709() {
        Path raw = Colours.gbr(folder.resolve("wide.gbr"));
        Path wide = made(
                "wide.mkv",
                "-f rawvideo -s 96x96 -r 25 -pix_fmt gbrp -i " + raw + " -vf setparams=color_primaries=bt709"
                        + ":color_trc=bt709:colorspace=gbr:range=pc,zscale=p=bt2020:t=bt2020-10:m=bt2020nc:r=tv,"
                        + "format=yuv420p10le " + LOSSLESS + " -colorspace bt2020nc -color_primaries bt2020");

        showsTheQuadrants(wide, 6);
    }

    @Test
    void whatIsNotSeenIsBlack() {
        Path source = made(
                "alpha.mov",
                "-f lavfi -i color=red:s=96x96:r=25:d=0.4,format=argb,"
                        + "geq=r='200':g='100':b='50':a='if(lt(X,48),255,if(lt(Y,48),128,0))' -c:v qtrle");
        MadePicture picture = MadePicture.of(source);

        near(picture.colour(0, 0), new int[] {200, 100, 50}, 5);
        near(picture.colour(1, 0), new int[] {100, 50, 25}, 5);
        near(picture.colour(1, 1), new int[] {0, 0, 0}, 4);
    }

    @Test
    void grayStaysGray() {
        Path source = made("gray.mov", "-f lavfi -i color=0x808080:s=96x96:r=25:d=0.4 -c:v png -pix_fmt gray");

        near(MadePicture.of(source).colour(0, 0), new int[] {128, 128, 128}, 3);
    }

    @ParameterizedTest
    @CsvSource({"smpte2084, tv", "arib-std-b67, tv", "smpte2084, pc"})
    void highDynamicRangeLooksLikeTheOrdinaryOriginal(String transfer, String range) {
        Path original = made(
                "sdr.mkv",
                "-f lavfi -i mandelbrot=s=1280x720:rate=24:start_scale=0.5:end_scale=0.3 -t 1 -vf "
                        + "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,gblur=1,setparams=range=tv"
                        + ":color_primaries=bt709:color_trc=bt709:colorspace=bt709 " + LOSSLESS);
        Path source = made(
                "hdr.mkv",
                "-i " + original + " -vf zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt2020:t=" + transfer
                        + ":m=bt2020nc:r=" + range + ",format=yuv420p10le " + LOSSLESS);
        MadePicture picture = MadePicture.of(source);

        assertThat(picture.plan().source().video().whiteNits()).isBetween(90, 125);
        MadePicture ordinary = MadePicture.of(original);
        for (Rendition rendition : picture.plan().renditions()) {
            // The small ones lose more than that to their bitrate, whatever the source.
            assertThat(picture.ssim(rendition, original, "null"))
                    .as(rendition.quality())
                    .isGreaterThan(Math.min(ALIKE, ordinary.ssim(rendition, original, "null") - 0.01));
        }
        assertThat(picture.ssim(picture.best(), original, "null")).isGreaterThan(ALIKE);
        near(picture.colour(0, 0), ordinary.colour(0, 0), 8);
        near(picture.colour(1, 1), ordinary.colour(1, 1), 8);
    }

    @Test
    void highlightsAreKeptApartFromWhite() {
        Path source = made(
                "bright.mkv",
                "-f lavfi -i color=black:s=96x96:r=25:d=0.4,format=yuv420p10le,geq="
                        + "lum='if(lt(X,48),if(lt(Y,48),571,449),if(lt(Y,48),636,723))':cb=512:cr=512,"
                        + "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc "
                        + LOSSLESS);
        MadePicture picture = MadePicture.of(source);
        int white = picture.colour(0, 0)[0];
        int gray = picture.colour(0, 1)[0];
        int bright = picture.colour(1, 0)[0];
        int brightest = picture.colour(1, 1)[0];

        // 203, 58, 400 and 1000 cd/m².
        assertThat(picture.plan().source().video().whiteNits()).isEqualTo(203);
        assertThat(gray).isBetween(125, 165);
        assertThat(white).isBetween(205, 240);
        assertThat(bright).isGreaterThan(white + 5);
        assertThat(brightest).isGreaterThan(bright + 3).isGreaterThan(248);
    }

    @ParameterizedTest
    @CsvSource({
        "-c copy",
        "-display_rotation 90",
        "-display_rotation 180",
        "-display_rotation 270",
        "-display_hflip",
        "-display_vflip",
        "-display_rotation 90 -display_hflip",
        "-display_rotation 90 -display_vflip",
    })
    void thePictureIsUpright(String options) {
        Path raw = Colours.gbr(folder.resolve("turned.gbr"));
        Path flat = made(
                "flat.mp4",
                "-f rawvideo -s 96x96 -r 25 -pix_fmt gbrp -i " + raw
                        + " -vf scale=192:96:flags=neighbor -c:v libx264rgb " + "-preset ultrafast -qp 0");
        Path source = made("turned.mp4", (options.equals("-c copy") ? "" : options) + " -i " + flat + " -c copy");
        MadePicture picture = MadePicture.of(source);
        int[] matrix = matrix(source);

        for (int i = 0; i < 4; i++) {
            int x = i % 2 == 0 ? -1 : 1;
            int y = i / 2 == 0 ? -1 : 1;
            // ISO/IEC 14496-12, 6.2.2: where a place of the coded picture is shown.
            int right = matrix[0] * x + matrix[2] * y > 0 ? 1 : 0;
            int down = matrix[1] * x + matrix[3] * y > 0 ? 1 : 0;
            near(picture.colour(right, down), Colours.QUADRANTS[i], 5);
        }
        assertThat(picture.best().width() > picture.best().height()).isEqualTo(matrix[0] != 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1x1, 1, 2x2",
        "2x2, 1, 2x2",
        "16x16, 1, 16x16",
        "1x64, 1, 2x64",
        "64x1, 1, 64x2",
        "427x241, 1, 426x240",
        "16x4000, 1, 16x4000",
        "4000x16, 1, 4000x16",
        "720x576, 64/45, 854x480",
        "640x360, 9/32, 144x288",
        "320x240, 1000/1, 320x240",
    })
    void everyShapeIsShownInItsShape(String size, String aspect, String made) {
        Path source = made(
                "shape.mkv",
                "-f lavfi -i color=0x4080c0:s=" + size + ":r=5:d=0.6,setsar=" + aspect + ":max=2000 -pix_fmt yuv444p "
                        + LOSSLESS);
        MadePicture picture = MadePicture.of(source);

        String shown = picture.best().width() + "x" + picture.best().height();
        assertThat(shown).isEqualTo(made);
        assertThat(probed(picture.file(), "width,height,sample_aspect_ratio,pix_fmt,color_space,color_range"))
                .contains(
                        "width=" + picture.best().width(),
                        "height=" + picture.best().height())
                .contains("sample_aspect_ratio=1:1", "pix_fmt=yuv420p", "color_range=tv", "color_space=bt709");
    }

    @Test
    void squaredPixelsLookLikeThePictureBeforeItWasSqueezed() {
        Path original =
                made("square.mkv", "-f lavfi -i testsrc2=size=854x480:rate=25:duration=0.6,gblur=sigma=2 " + LOSSLESS);
        Path source = made("squeezed.mkv", "-i " + original + " -vf scale=640:480,setsar=427/320 " + LOSSLESS);
        MadePicture picture = MadePicture.of(source);

        assertThat(picture.best().width()).isEqualTo(854);
        assertThat(picture.ssim(picture.best(), original, "null")).isGreaterThan(ALIKE);
    }

    @Test
    void thePosterHasTheSameColours() throws IOException {
        for (String transfer :
                List.of("", ":color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc:range=tv")) {
            Path source = made(
                    "poster.mkv",
                    "-f lavfi -i color=0x808080:s=97x55:r=25:d=1 -vf format=yuv444p10le"
                            + (transfer.isEmpty() ? "" : ",setparams=" + transfer.substring(1)) + " " + LOSSLESS);
            MadePicture picture = MadePicture.of(source);
            Limits limits = new Limits(36_000_000, 32, 0, 1L << 34, Duration.ofSeconds(30), Duration.ofSeconds(30));
            MadeMedia.ffmpeg(PosterCommand.of(picture.plan(), true, new Place(source.toString(), folder, limits)));
            Path pixel = folder.resolve("pixel.rgb");
            MadeMedia.ffmpeg(List.of(
                    "-i",
                    folder.resolve(PosterCommand.FILE).toString(),
                    "-vf",
                    "scale=1:1:flags=area,format=rgb24",
                    "-f",
                    "rawvideo",
                    pixel.toString()));
            byte[] rgb = Files.readAllBytes(pixel);

            near(new int[] {rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff}, picture.colour(0, 0), 4);
        }
    }

    private static void showsTheQuadrants(Path source, int tolerance) {
        MadePicture picture = MadePicture.of(source);
        for (int i = 0; i < 4; i++) {
            near(picture.colour(i % 2, i / 2), Colours.QUADRANTS[i], tolerance);
        }
    }

    private static void near(int[] colour, int[] expected, int tolerance) {
        for (int i = 0; i < 3; i++) {
            assertThat(colour[i])
                    .as(
                            "%s for %s",
                            List.of(colour[0], colour[1], colour[2]), List.of(expected[0], expected[1], expected[2]))
                    .isCloseTo(expected[i], within(tolerance));
        }
    }

    private static Path made(String file, String words) {
        return MadeMedia.made(folder.resolve(file), words);
    }

    private static String probed(Path file, String entries) {
        return MadeMedia.run(List.of(
                        MadeMedia.bundled().ffprobe().toString(),
                        "-v",
                        "error",
                        "-show_entries",
                        "stream=" + entries + ":stream_side_data=displaymatrix",
                        file.toString()))
                .text();
    }

    /** Signs of a, b, c, d of the display matrix; upright where there is none. */
    private static int[] matrix(Path file) {
        Matcher rows = Pattern.compile("0000000[01]:\\s+(-?\\d+)\\s+(-?\\d+)").matcher(probed(file, "index"));
        int[] matrix = {1, 0, 0, 1};
        for (int i = 0; rows.find(); i += 2) {
            matrix[i] = Integer.signum(Integer.parseInt(rows.group(1)));
            matrix[i + 1] = Integer.signum(Integer.parseInt(rows.group(2)));
        }
        return matrix;
    }
}
