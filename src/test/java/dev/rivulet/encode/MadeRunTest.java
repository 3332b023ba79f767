package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.Rational;
import dev.rivulet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeRunTest {
    private static final Rational QUARTER = new Rational(1, 4);

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : new String[] {"init.mp4", "seg_00000.m4s", "seg_00001.m4s"}) {
            Files.write(folder.resolve(name), Golden.bytes("fragments/picture/" + name));
        }
    }

    @Test
    void whatIsAsPlannedIsRecorded() throws Exception {
        MadeRun made = MadeRun.read(folder, new MadeRun.Expected(0, Rational.ZERO, 0, 2));

        assertThat(made.run().timescale()).isEqualTo(12_288);
        assertThat(made.run().codecs()).isEqualTo("avc1.64000a");
        assertThat(made.run().initSha256()).matches("[0-9a-f]{64}");
        assertThat(made.run().segments()).extracting(StoredSegment::ticks).containsExactly(3072L, 3072L);
        assertThat(made.run().segments().get(0).bytes()).isEqualTo(Files.size(folder.resolve("seg_00000.m4s")));
        assertThat(made.run().segments()).extracting(StoredSegment::sha256).allMatch(hash -> hash.length() == 64);
        assertThat(made.samples()).containsExactly(6, 6);
        assertThat(made.totalSamples()).isEqualTo(12);
        assertThat(made.files("144p", 0)).containsExactly("144p/init.mp4", "144p/seg_00000.m4s", "144p/seg_00001.m4s");
    }

    @Test
    void aRunMayBeginAtAnySegment() throws Exception {
        MadeRun made = MadeRun.read(folder, new MadeRun.Expected(1, QUARTER, 0, 1));

        assertThat(made.samples()).containsExactly(6);
        assertThat(made.files("144p", 1)).containsExactly("144p/init.mp4", "144p/seg_00001.m4s");
    }

    @Test
    void fewerSegmentsAreTheCallersToJudge() throws Exception {
        assertThat(MadeRun.read(folder, new MadeRun.Expected(0, Rational.ZERO, 0, 5))
                        .samples())
                .hasSize(2);
        assertThat(MadeRun.read(folder, new MadeRun.Expected(7, Rational.ZERO, 0, 5))
                        .samples())
                .isEmpty();
    }

    @Test
    void moreSegmentsThanPlannedAreRefused() {
        assertThat(refused(0, Rational.ZERO, 1).reason()).contains("more than the planned 1 segments");
    }

    @Test
    void aRunThatBeginsElsewhereIsRefused() {
        assertThat(refused(0, QUARTER, 2).reason()).contains("segment 0 begins at 0, not at 3072");
        assertThat(refused(1, Rational.ZERO, 1).reason()).contains("segment 1 begins at 3072, not at 0");
    }

    @Test
    void segmentsThatDoNotFollowEachOtherAreRefused() throws IOException {
        Files.copy(folder.resolve("seg_00001.m4s"), folder.resolve("seg_00002.m4s"));

        assertThat(refused(0, Rational.ZERO, 3).reason()).contains("segment 2 begins at 3072, not at 6144");
    }

    @Test
    void aTimeThatTheTimeScaleCannotTellIsRefused() {
        assertThat(refused(0, new Rational(1, 7), 2).reason()).contains("cannot tell 1/7 s");
    }

    @Test
    void whatIsCutOffIsRefused() throws IOException {
        byte[] segment = Golden.bytes("fragments/picture/seg_00001.m4s");
        for (int length : new int[] {0, 1, 100, 300, segment.length - 1}) {
            Files.write(folder.resolve("seg_00001.m4s"), Arrays.copyOf(segment, length));

            assertThat(refused(0, Rational.ZERO, 2).kind()).isEqualTo(FailureKind.TOOL);
        }
    }

    @Test
    void aSegmentWithoutSyncSampleIsRefused() throws IOException {
        byte[] segment = Golden.bytes("fragments/picture/seg_00000.m4s");
        int run = new String(segment, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("trun");
        segment[run + 17] |= 1;
        Files.write(folder.resolve("seg_00000.m4s"), segment);

        assertThat(refused(0, Rational.ZERO, 2).reason()).contains("does not begin with a sync sample");
    }

    @Test
    void anInitializationSegmentThatIsNoneIsRefused() throws IOException {
        Files.write(folder.resolve("init.mp4"), new byte[100]);

        assertThat(refused(0, Rational.ZERO, 2).kind()).isEqualTo(FailureKind.TOOL);
    }

    @Test
    void whatIsNotThereAtAllIsTheDisksFault() throws IOException {
        Files.delete(folder.resolve("init.mp4"));

        assertThatThrownBy(() -> MadeRun.read(folder, new MadeRun.Expected(0, Rational.ZERO, 0, 2)))
                .isInstanceOf(NoSuchFileException.class);
    }

    private TaskFailure refused(int first, Rational start, int count) {
        return catchThrowableOfType(
                        WorkFailedException.class,
                        () -> MadeRun.read(folder, new MadeRun.Expected(first, start, 0, count)))
                .failure();
    }
}
