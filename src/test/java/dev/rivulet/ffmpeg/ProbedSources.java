package dev.rivulet.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.testing.Sources;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sources as ffprobe describes them: whole outputs, or one stream after the other. */
final class ProbedSources {
    static final Limits LIMITS = new Limits(36_000_000, 32, 0, 1 << 30, Duration.ofSeconds(30), Duration.ofSeconds(30));
    static final String PICTURE = "\"codec_type\":\"video\",\"codec_name\":\"h264\",\"width\":640,\"height\":360";
    static final String SOUND =
            "\"codec_type\":\"audio\",\"codec_name\":\"aac\",\"sample_rate\":\"48000\",\"channels\":2";

    private ProbedSources() {}

    static SourceInfo read(String json) throws IOException, RejectedSourceException {
        return read(json.getBytes(UTF_8));
    }

    static SourceInfo read(byte[] json) throws IOException, RejectedSourceException {
        SourceInfo source = SourceReader.read(new ProbedFile(Probes.of(json), new String(json, UTF_8)), LIMITS);
        SourceReader.limitLength(SourceReader.length(source), Duration.ofHours(12));
        return source;
    }

    static ErrorCode refused(String json) {
        return refused(json.getBytes(UTF_8));
    }

    static ErrorCode refused(byte[] json) {
        RejectedSourceException rejected = catchThrowableOfType(RejectedSourceException.class, () -> read(json));
        assertThat(rejected.error().message()).isEqualTo(rejected.getMessage()).endsWith(".");
        return rejected.error().code();
    }

    static MediaPlan plan(SourceInfo source) {
        return MediaPlan.of(source, Sources.LADDER, Rational.of(3), 4, SourceClass.DIRECT, "source/original");
    }

    static String json(String... streams) {
        return Stream.of(streams).collect(Collectors.joining("},{", "{\"streams\":[{", "}],\"format\":{}}"));
    }
}
