package dev.rivulet.ffmpeg;

import static dev.rivulet.ffmpeg.ProbedSources.PICTURE;
import static dev.rivulet.ffmpeg.ProbedSources.SOUND;
import static dev.rivulet.ffmpeg.ProbedSources.json;
import static dev.rivulet.ffmpeg.ProbedSources.plan;
import static dev.rivulet.ffmpeg.ProbedSources.read;
import static dev.rivulet.ffmpeg.ProbedSources.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceInfo;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the header of an uploaded file may claim. */
class HostileSourceTest {
    @ParameterizedTest
    @CsvSource({
        "8192, 4320, true",
        "6000, 6000, true",
        "6001, 6000, false",
        "2147483647, 2147483647, false",
        "65536, 65536, false"
    })
    void thePixelsAreCounted(int width, int height, boolean accepted) throws Exception {
        String json = json(PICTURE + ",\"width\":" + width + ",\"height\":" + height);

        if (accepted) {
            assertThat(read(json).video().width()).isEqualTo(width);
        } else {
            assertThat(refused(json)).isEqualTo(ErrorCode.TOO_MANY_PIXELS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "25/1, 25/1, 25/1",
        "0/0, 24/1, 24/1",
        "0/0, 0/0, 25/1",
        "1/0, 1/0, 25/1",
        "-5/1, 30/1, 30/1",
        "90000/1, 30/1, 30/1",
        "90000/1, 90000/1, 480/1",
        "90000/1, 0/0, 480/1",
        "2147483647/1, 2147483647/1, 480/1",
        "1/2147483647, 1/1, 1/2147483647"
    })
    void absurdRatesAreBounded(String average, String real, String rate) throws Exception {
        SourceInfo source =
                read(json(PICTURE + ",\"avg_frame_rate\":\"" + average + "\",\"r_frame_rate\":\"" + real + "\""));

        assertThat(source.video().averageRate()).hasToString(rate);
        assertThat(plan(source).grid().rate()).isBetween(Rational.ONE, Rational.of(60));
    }

    @ParameterizedTest
    @CsvSource({
        "1:1, 640",
        "0:1, 640",
        "1:0, 640",
        "12:11, 698",
        "9:32, 180",
        "N/A, 640",
        "-4:3, 640",
        "99999999999:1, 640",
        "999999999:1, 640",
        "1:999999999, 640",
        "2147483647:1, 640"
    })
    void absurdPixelsAreSquare(String aspect, int width) throws Exception {
        SourceInfo source = read(json(PICTURE + ",\"sample_aspect_ratio\":\"" + aspect + "\""));

        assertThat(source.video().shownWidth()).isEqualTo(width);
        assertThat(plan(source).renditions()).allMatch(rendition -> rendition.width() >= 2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-90, 90",
        "90, 270",
        "180, 180",
        "-180, 180",
        "270, 90",
        "-89, 90",
        "44, 0",
        "360, 0",
        "-2147483648, 90"
    })
    void rotationIsAQuarterTurn(int told, int rotation) throws Exception {
        String side =
                ",\"side_data_list\":[{\"side_data_type\":\"x\"},{\"displaymatrix\":\"m\",\"rotation\":" + told + "}]";

        assertThat(read(json(PICTURE + side)).video().rotation()).isEqualTo(rotation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sample_rate\":\"0\"", "\"channels\":0", "\"codec_name\":null", "\"sample_rate\":\"-1\""})
    void soundThatCannotBeReadIsLeftOut(String field) throws Exception {
        assertThat(read(json(PICTURE, SOUND + "," + field, SOUND)).audio()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "eng, eng",
        "pt-BR, pt-BR",
        "zh-Hant-TW, zh-Hant-TW",
        "und,",
        "e,",
        "'<script>',",
        "'en\",URI=\"x',",
        "en_US,",
        "'',",
        "en-,"
    })
    void onlyLanguagesArePassedOn(String told, String language) throws Exception {
        String tags = ",\"tags\":{\"language\":\"" + told.replace("\"", "\\\"") + "\"}";

        assertThat(read(json(PICTURE, SOUND + tags)).audio().get(0).language()).isEqualTo(language);
    }

    @Test
    void aLanguageAsLongAsAFileIsNone() throws Exception {
        String tags = ",\"tags\":{\"language\":\"en" + "-a".repeat(100_000) + "\"}";

        assertThat(read(json(PICTURE, SOUND + tags)).audio().get(0).language()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "43200, true",
        "43201, false",
        "143165.643, false",
        "17179869184, false",
        "9223372036854775807, false",
        "1e300, false",
        "-5, true",
        "0, true"
    })
    void tooLongIsToldApart(String seconds, boolean accepted) throws Exception {
        String json = "{\"streams\":[{" + PICTURE + "}],\"format\":{\"duration\":\"" + seconds + "\"}}";

        if (accepted) {
            assertThat(read(json).video().width()).isEqualTo(640);
        } else {
            assertThat(refused(json)).isEqualTo(ErrorCode.TOO_LONG);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4611686018427387904, 4611686018427387904, 1/1",
        "900000000000000, 900000, 1/90000",
        "153000000000000001, 900001, 1/90000",
        "-153000000000000001, 900001, 1/90000",
        "9999999999999, 7, 1001/30000",
        "9223372036854775807, 1, 1/90000",
        "-9223372036854775807, 9223372036854775807, 1/1",
        "-9223372036854775807, 9223372036854775807, 1001/30000",
        "9223372036854775807, 9223372036854775807, 2147483647/1",
        "0, 9223372036854775807, 2147483647/1"
    })
    void timesThatNoNumberHoldsAreRefused(long start, long duration, String base) {
        String times = ",\"time_base\":\"" + base + "\",\"start_pts\":" + start + ",\"duration_ts\":" + duration;

        assertRefusedOrPlanned(json(PICTURE + times));
        assertRefusedOrPlanned(json(PICTURE + times, SOUND + times));
        assertRefusedOrPlanned(json(PICTURE, SOUND + times));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999999:00:00.0",
                "9223372036854775807:00:00.0",
                "999999999:59:59.999999999",
                "-1:00:00",
                "00:99:99.9999999999999999999999",
                "N/A",
                ""
            })
    void taggedLengthsMayBeNonsense(String tag) {
        assertRefusedOrPlanned(json(PICTURE + ",\"time_base\":\"1/1000\",\"tags\":{\"DURATION\":\"" + tag + "\"}"));
    }

    /** What cannot become a video is refused with a reason: anything else would be tried again for ever. */
    private static void assertRefusedOrPlanned(String json) {
        try {
            MediaPlan plan = plan(read(json));
            assertThat(plan.grid().duration()).isLessThanOrEqualTo(Rational.of(13 * 3600));
            Place place = new Place("/in", Path.of("/work"), ProbedSources.LIMITS);
            plan.chunks().chunks().forEach(chunk -> plan.tiers()
                    .forEach(tier -> ChunkCommand.of(plan, chunk, tier, new Pace(1, Rational.ONE), place)));
            PosterCommand.of(plan, true, place);
            if (!plan.audio().isEmpty()) {
                AudioCommand.of(plan, true, place);
            }
        } catch (RejectedSourceException e) {
            assertThat(e.error().code()).isIn(ErrorCode.TOO_LONG, ErrorCode.CORRUPT_INPUT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
