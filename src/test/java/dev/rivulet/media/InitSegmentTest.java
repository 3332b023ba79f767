package dev.rivulet.media;

import static dev.rivulet.media.Fixtures.PICTURE_INIT;
import static dev.rivulet.media.Fixtures.SOUND_INIT;
import static dev.rivulet.media.Fixtures.renamed;
import static dev.rivulet.media.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitSegmentTest {
    @Test
    void readsThePicturesTimeScaleAndCodec() {
        InitSegment init = InitSegment.parse(PICTURE_INIT);

        assertThat(init.timescale()).isEqualTo(12288);
        assertThat(init.codecs()).isEqualTo("avc1.64000a");
    }

    @Test
    void readsTheSoundsTimeScaleAndCodec() {
        InitSegment init = InitSegment.parse(SOUND_INIT);

        assertThat(init.timescale()).isEqualTo(48_000);
        assertThat(init.codecs()).isEqualTo("mp4a.40.2");
    }

    @Test
    void profileBytesAboveSevenBitsAreTwoDigits() {
        assertThat(InitSegment.parse(with(PICTURE_INIT, "avcC", 4, 0x01f4f0e0)).codecs())
                .isEqualTo("avc1.f4f0e0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"moov", "trak", "mdia", "mdhd", "minf", "stbl", "stsd", "avc1", "avcC", "mvex", "trex"})
    void everyBoxIsNeeded(String type) {
        assertRefused(renamed(PICTURE_INIT, type, "free"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4a", "esds"})
    void soundNeedsItsOwn(String type) {
        assertRefused(renamed(SOUND_INIT, type, "free"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"moov", "trak", "mdhd", "stsd", "avc1", "avcC", "trex"})
    void sizesThatLieAreRefused(String type) {
        for (int size : new int[] {1, 2, 7, 8, 9, 12, 0x7fffffff, 0x80000000, -1}) {
            assertRefused(with(PICTURE_INIT, type, -4, size));
        }
    }

    @Test
    void aSizeOf64BitsMayLieToo() {
        byte[] lying = with(with(with(PICTURE_INIT, "moov", -4, 1), "moov", 4, 0x7fffffff), "moov", 8, -1);

        assertRefused(lying);
        assertRefused(with(lying, "moov", 4, -1));
    }

    @Test
    void noSecondHasNoTicks() {
        assertRefused(with(PICTURE_INIT, "mdhd", 16, 0));
    }

    @Test
    void aSampleTableWithoutEntriesIsRefused() {
        byte[] file = Fixtures.box(
                "moov",
                Fixtures.box(
                        "trak",
                        Fixtures.box(
                                "mdia",
                                Fixtures.box("mdhd", Fixtures.ints(0, 0, 0, 25, 0, 0)),
                                Fixtures.box("minf", Fixtures.box("stbl", Fixtures.box("stsd", Fixtures.ints(0, 0)))))),
                Fixtures.box("mvex", Fixtures.box("trex", Fixtures.ints(0, 1, 1, 0, 0, 0))));

        assertRefused(file);
    }

    @Test
    void descriptorsMayHaveLengthsOfSeveralBytesButNotWithoutEnd() {
        byte[] endless = SOUND_INIT.clone();
        Arrays.fill(endless, Fixtures.find(endless, "esds") + 9, endless.length, (byte) 0x80);

        assertRefused(endless);
    }

    @Test
    void everyTruncationIsRefused() {
        for (byte[] file : new byte[][] {PICTURE_INIT, SOUND_INIT}) {
            for (int length = 0; length < file.length; length++) {
                assertRefused(Arrays.copyOf(file, length));
            }
        }
    }

    private static void assertRefused(byte[] file) {
        assertThatThrownBy(() -> InitSegment.parse(file)).isInstanceOf(MalformedMediaException.class);
    }
}
