package dev.rivulet.ffmpeg;

import static dev.rivulet.ffmpeg.ProbedSources.PICTURE;
import static dev.rivulet.ffmpeg.ProbedSources.SOUND;
import static dev.rivulet.ffmpeg.ProbedSources.json;
import static dev.rivulet.ffmpeg.ProbedSources.plan;
import static dev.rivulet.ffmpeg.ProbedSources.read;
import static dev.rivulet.ffmpeg.ProbedSources.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-mp4",
                "rotated-mp4",
                "three-tracks-mkv",
                "late-start-ts",
                "late-picture-mkv",
                "flv",
                "cover-art-mp4",
                "lying-length-mp4",
                "wide-pixels-avi",
                "phone-hdr-mov",
                "wmv",
                "webm",
                "thousand-frames-a-second"
            })
    void readsWhatFfprobePrintsOfRealFiles(String name) throws Exception {
        SourceInfo source = read(Golden.bytes("probes/" + name + ".json"));

        Golden.matches("probes/" + name + ".txt", describe(source));
    }

    @Test
    void theCoverOfASongIsNoPicture() {
        assertThat(refused(Golden.bytes("probes/song-with-cover.json"))).isEqualTo(ErrorCode.NO_VIDEO_STREAM);
    }

    @Test
    void aPictureInAnUnknownFormatIsNamedSo() {
        assertThat(refused(Golden.bytes("probes/unknown-codec.json"))).isEqualTo(ErrorCode.UNSUPPORTED_CODEC);
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "8, 0", "10, 0", "9, 0"})
    void dolbyVisionWithoutABaseCannotBeShown(int profile, int base) {
        assertThat(refused(dolby(profile, base))).isEqualTo(ErrorCode.UNSUPPORTED_CODEC);
    }

    @ParameterizedTest
    @CsvSource({"7, 6", "8, 1", "8, 2", "8, 4", "4, 0", "7, 0"})
    void dolbyVisionWithABaseIsShownAsThat(int profile, int base) throws Exception {
        assertThat(read(dolby(profile, base)).video().codec()).isEqualTo("h264");
    }

    @ParameterizedTest
    @CsvSource({
        "tt, TOP_FIRST",
        "bt, TOP_FIRST",
        "bb, BOTTOM_FIRST",
        "tb, BOTTOM_FIRST",
        "progressive, PROGRESSIVE",
        "unknown, PROGRESSIVE"
    })
    void theOrderOfFieldsIsThatOfDisplay(String order, Scan scan) throws Exception {
        assertThat(read(json(PICTURE + ",\"field_order\":\"" + order + "\""))
                        .video()
                        .scan())
                .isEqualTo(scan);
    }

    @Test
    void whatTheContainerCutsOffIsNoPartOfThePicture() throws Exception {
        SourceInfo source = read(json(PICTURE + ",\"side_data_list\":[{\"side_data_type\":\"Frame Cropping\","
                + "\"crop_top\":10,\"crop_bottom\":20,\"crop_left\":4,\"crop_right\":6}]"));

        assertThat(source.video().width()).isEqualTo(630);
        assertThat(source.video().height()).isEqualTo(330);
    }

    @Test
    void missingFieldsHaveDefaults() throws Exception {
        SourceInfo source = read(json(PICTURE));

        assertThat(source.video().averageRate()).isEqualTo(Rational.of(25));
        assertThat(source.video().sampleAspect()).isEqualTo(Rational.ONE);
        assertThat(source.video().start()).isEqualTo(Rational.ZERO);
        assertThat(source.video().duration()).isNull();
        assertThat(source.duration()).isNull();
        assertThat(plan(source).grid().frames()).isEqualTo(1);
    }

    @Test
    void aFileWithoutStreamsHasNoPicture() {
        assertThat(refused("{\"format\":{}}")).isEqualTo(ErrorCode.NO_VIDEO_STREAM);
        assertThat(refused("{\"streams\":[],\"format\":{}}")).isEqualTo(ErrorCode.NO_VIDEO_STREAM);
        assertThat(refused(json(SOUND))).isEqualTo(ErrorCode.NO_VIDEO_STREAM);
        assertThat(refused(json("\"codec_type\":\"no such type\""))).isEqualTo(ErrorCode.NO_VIDEO_STREAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"width\":0", "\"height\":0", "\"width\":-640", "\"codec_name\":null"})
    void aPictureWithoutSizeOrCodecCannotBeRead(String field) {
        assertThat(refused(json(PICTURE + "," + field))).isEqualTo(ErrorCode.UNSUPPORTED_CODEC);
    }

    @Test
    void whatStartsBeforeZeroStartsThere() throws Exception {
        SourceInfo source = read(json(
                PICTURE + ",\"time_base\":\"1/90000\",\"start_pts\":-9000,\"duration_ts\":90000",
                SOUND + ",\"time_base\":\"1/48000\",\"start_pts\":-1024,\"duration_ts\":48000"));

        assertThat(source.start()).isEqualTo(new Rational(-1, 10));
        assertThat(source.audio().get(0).start()).isEqualTo(new Rational(-1024, 48000));
        assertThat(plan(source).grid().duration()).isEqualTo(Rational.ONE);
    }

    @Test
    void theDefaultPictureIsTakenElseTheFirst() throws Exception {
        String other = PICTURE + ",\"index\":1,\"disposition\":{\"default\":1}";

        assertThat(read(json(PICTURE + ",\"index\":0", other)).video().index()).isEqualTo(1);
        assertThat(read(json(PICTURE + ",\"index\":0", PICTURE + ",\"index\":1"))
                        .video()
                        .index())
                .isZero();
        assertThat(read(json(PICTURE + ",\"disposition\":{\"attached_pic\":1,\"default\":1}", PICTURE + ",\"index\":1"))
                        .video()
                        .index())
                .isEqualTo(1);
    }

    @Test
    void aTaggedLengthCountsFromTheStartOfTheFile() throws Exception {
        SourceInfo source = read(json(PICTURE
                + ",\"time_base\":\"1/1000\",\"start_pts\":2000,\"tags\":{\"DURATION\":\"01:00:08.500000000\"}"));

        assertThat(source.video().duration()).isEqualTo(new Rational(7213, 2));
    }

    private static String dolby(int profile, int base) {
        return json(PICTURE + ",\"side_data_list\":[{\"side_data_type\":\"DOVI configuration record\",\"dv_profile\":"
                + profile + ",\"dv_bl_signal_compatibility_id\":" + base + "}]");
    }

    private static String describe(SourceInfo source) {
        List<String> tracks = source.audio().stream().map(AudioTrack::toString).toList();
        return source.format() + " start=" + source.start() + " duration=" + source.duration() + "\n" + source.video()
                + "\n" + tracks.stream().map(track -> track + "\n").collect(Collectors.joining());
    }
}
