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
import dev.rivulet.media.SourceInfo;
import dev.rivulet.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static String describe(SourceInfo source) {
        List<String> tracks = source.audio().stream().map(AudioTrack::toString).toList();
        return source.format() + " start=" + source.start() + " duration=" + source.duration() + "\n" + source.video()
                + "\n" + tracks.stream().map(track -> track + "\n").collect(Collectors.joining());
    }
}
