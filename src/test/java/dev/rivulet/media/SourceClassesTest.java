package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceClassesTest {
    private static final String MP4 = "mov,mp4,m4a,3gp,3g2,mj2";
    private static final String MATROSKA = "matroska,webm";

    @ParameterizedTest
    @CsvSource({
        "mpegts, h264, 60, REMUX",
        "mpegts, hevc, 60, REMUX",
        "mpegts, h264, 5, MEZZANINE",
        "mpegts, cavs, 60, MEZZANINE",
        "mpeg, mpeg2video, 60, REMUX",
        "flv, flv1, 60, REMUX",
        "avi, mpeg4, 60, MEZZANINE",
        "ogg, theora, 60, MEZZANINE",
        "asf, wmv2, 60, MEZZANINE",
        "gif, gif, 2, MEZZANINE"
    })
    void containersWithoutAnIndexAreNotSought(String format, String codec, String seconds, SourceClass expected) {
        assertThat(SourceClasses.of(source(format, codec, seconds), Seeks.NONE)).isEqualTo(expected);
        assertThat(SourceClasses.seekable(source(format, codec, seconds))).isFalse();
    }

    @Test
    void anIndexedContainerIsReadDirectly() {
        Seeks near = new Seeks(Rational.of(20), true);
        assertThat(SourceClasses.of(source(MP4, "h264", "60"), near)).isEqualTo(SourceClass.DIRECT);
        assertThat(SourceClasses.of(source(MATROSKA, "vp9", "60"), near)).isEqualTo(SourceClass.DIRECT);
        assertThat(SourceClasses.seekable(source(MP4, "h264", "21"))).isTrue();
        assertThat(SourceClasses.seekable(source(MP4, "h264", "20"))).isFalse();
    }

    @Test
    void farKeyframesAndLatePlacesAreReadOnce() {
        SourceInfo source = source(MP4, "h264", "60");
        assertThat(SourceClasses.of(source, new Seeks(new Rational(201, 10), true)))
                .isEqualTo(SourceClass.MEZZANINE);
        assertThat(SourceClasses.of(source, new Seeks(Rational.ONE, false))).isEqualTo(SourceClass.MEZZANINE);
    }

    @Test
    void aRecordingWithoutALengthIsCopied() {
        SourceInfo whole = Sources.of(640, 360).info();
        SourceInfo live = new SourceInfo(MATROSKA, whole.start(), null, whole.video(), whole.audio());
        assertThat(SourceClasses.of(live, Seeks.NONE)).isEqualTo(SourceClass.REMUX);
        assertThat(SourceClasses.seekable(live)).isFalse();
    }

    private static SourceInfo source(String format, String codec, String seconds) {
        VideoTrack video = Sources.of(640, 360).codec(codec).lasting(seconds).video();
        return new SourceInfo(format, Rational.ZERO, Rational.parse(seconds), video, java.util.List.of());
    }
}
