package dev.rivulet.media;

import static dev.rivulet.media.Fixtures.PICTURE_0;
import static dev.rivulet.media.Fixtures.PICTURE_1;
import static dev.rivulet.media.Fixtures.PICTURE_INIT;
import static dev.rivulet.media.Fixtures.SOUND_0;
import static dev.rivulet.media.Fixtures.SOUND_1;
import static dev.rivulet.media.Fixtures.SOUND_INIT;
import static dev.rivulet.media.Fixtures.box;
import static dev.rivulet.media.Fixtures.concat;
import static dev.rivulet.media.Fixtures.ints;
import static dev.rivulet.media.Fixtures.large;
import static dev.rivulet.media.Fixtures.renamed;
import static dev.rivulet.media.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentTest {
    private static final InitSegment PICTURE = InitSegment.parse(PICTURE_INIT);
    private static final InitSegment SOUND = InitSegment.parse(SOUND_INIT);
    private static final InitSegment DEFAULTS = new InitSegment(1000, "avc1.64000a", 40, 0x10000);
    private static final int FLIPS = 3000;

    @Test
    void readsWhereAPictureBeginsAndHowLongItLasts() {
        assertThat(Fragment.parse(PICTURE_0, PICTURE)).isEqualTo(new Fragment(0, 3072, 6, true));
        assertThat(Fragment.parse(PICTURE_1, PICTURE)).isEqualTo(new Fragment(3072, 3072, 6, true));
    }

    @Test
    void readsWhereSoundBeginsAndHowLongItLasts() {
        assertThat(Fragment.parse(SOUND_0, SOUND)).isEqualTo(new Fragment(0, 6144, 6, true));
        assertThat(Fragment.parse(SOUND_1, SOUND)).isEqualTo(new Fragment(6144, 6144, 6, true));
    }

    @Test
    void fragmentsOfOneSegmentFollowEachOther() {
        assertThat(Fragment.parse(concat(PICTURE_0, PICTURE_1), PICTURE)).isEqualTo(new Fragment(0, 6144, 12, true));
    }

    @Test
    void aGapInsideIsRefused() {
        assertRefused(concat(PICTURE_1, PICTURE_0), PICTURE);
        assertRefused(concat(PICTURE_0, PICTURE_0), PICTURE);
    }

    @Test
    void whatASampleDoesNotSayTheTrackSays() {
        assertThat(Fragment.parse(segment(ints(0, 1), ints(0, 3)), DEFAULTS)).isEqualTo(new Fragment(7, 120, 3, false));
    }

    @Test
    void whatASampleDoesNotSayTheFragmentSays() {
        assertThat(Fragment.parse(segment(ints(0x2b, 1, 0, 0, 5, 50, 0), ints(0, 3)), DEFAULTS))
                .isEqualTo(new Fragment(7, 150, 3, true));
    }

    @Test
    void whatTheRunSaysOfItsFirstSampleCountsMost() {
        assertThat(Fragment.parse(segment(ints(0, 1), ints(0x105, 2, 99, 0, 30, 20)), DEFAULTS))
                .isEqualTo(new Fragment(7, 50, 2, true));
        assertThat(Fragment.parse(segment(ints(0, 1), ints(0x700, 2, 30, 9, 0, 20, 9, 0x10000)), DEFAULTS))
                .isEqualTo(new Fragment(7, 50, 2, true));
    }

    @Test
    void severalRunsAreOneFragment() {
        byte[] file = concat(
                box(
                        "moof",
                        box(
                                "traf",
                                box("tfhd", ints(0, 1)),
                                box("tfdt", ints(0x01000000, 1, 5)),
                                box("trun", ints(4, 1, 0)),
                                box("trun", ints(0, 2)))),
                box("mdat"));

        assertThat(Fragment.parse(file, DEFAULTS)).isEqualTo(new Fragment((1L << 32) + 5, 120, 3, true));
    }

    @Test
    void boxesMayHaveSizesOf64BitsAndTheLastOneNone() {
        byte[] head = Arrays.copyOf(PICTURE_0, Fixtures.find(PICTURE_0, "mdat") - 4);

        assertThat(Fragment.parse(concat(head, large("mdat", new byte[9])), PICTURE)
                        .samples())
                .isEqualTo(6);
        assertThat(Fragment.parse(with(PICTURE_0, "mdat", -4, 0), PICTURE).samples())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moof", "traf", "tfhd", "tfdt", "mdat"})
    void everyBoxIsNeeded(String type) {
        assertRefused(renamed(PICTURE_0, type, "free"), PICTURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moof", "traf", "tfhd", "tfdt", "trun"})
    void sizesThatLieAreRefused(String type) {
        for (int size : new int[] {1, 2, 7, 8, 9, 0x7fffffff, 0x80000000, -1}) {
            assertRefused(with(PICTURE_0, type, -4, size), PICTURE);
        }
    }

    @Test
    void aRunOfMoreSamplesThanItHoldsIsRefused() {
        for (int samples : new int[] {7, 1000, 0x7fffffff, 0x80000000, -1}) {
            assertRefused(with(PICTURE_0, "trun", 8, samples), PICTURE);
        }
    }

    @Test
    void countingSamplesOfEqualLengthTakesNoTime() {
        assertThat(Fragment.parse(segment(ints(0, 1), ints(0, Integer.MAX_VALUE)), DEFAULTS)
                        .ticks())
                .isEqualTo(40L * Integer.MAX_VALUE);
    }

    @Test
    void whatIsNoFragmentIsRefused() {
        for (byte[] file : List.of(new byte[0], new byte[7], new byte[8], PICTURE_INIT, box("free"), box("mdat"))) {
            assertRefused(file, PICTURE);
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < PICTURE_0.length; length++) {
            assertRefused(Arrays.copyOf(PICTURE_0, length), PICTURE);
        }
        for (int length = 0; length < SOUND_0.length; length++) {
            assertRefused(Arrays.copyOf(SOUND_0, length), SOUND);
        }
    }

    @Test
    void flippedBitsAreReadOrRefusedAndNothingElse() {
        Random random = new Random(7);
        int refused = 0;
        for (byte[] file : List.of(PICTURE_INIT, SOUND_INIT, PICTURE_0, SOUND_1)) {
            // What counts lies before the samples.
            int length = Math.min(file.length, 260);
            for (int i = 0; i < FLIPS; i++) {
                byte[] flipped = file.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    flipped[random.nextInt(file == PICTURE_INIT || file == SOUND_INIT ? file.length : length)] ^=
                            (byte) (1 << random.nextInt(8));
                }
                try {
                    InitSegment.parse(flipped);
                } catch (MalformedMediaException e) {
                    refused++;
                }
                try {
                    Fragment.parse(flipped, DEFAULTS);
                } catch (MalformedMediaException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(4 * FLIPS, 8 * FLIPS - 1);
    }

    private static byte[] segment(byte[] header, byte[] run) {
        return concat(
                box("moof", box("traf", box("tfhd", header), box("tfdt", ints(0, 7)), box("trun", run))), box("mdat"));
    }

    private static void assertRefused(byte[] file, InitSegment init) {
        assertThatThrownBy(() -> Fragment.parse(file, init)).isInstanceOf(MalformedMediaException.class);
    }
}
