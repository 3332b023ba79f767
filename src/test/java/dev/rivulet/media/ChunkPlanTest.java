package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkPlanTest {
    private static final List<String> RATES =
            List.of("1", "7", "15", "24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60");

    @Test
    void chunksRampUpSoThatTheFirstSegmentIsOutAtOnce() {
        ChunkPlan plan = ChunkPlan.of(grid("25", 60 * 25), Rational.of(3), 4);

        assertThat(plan.segmentFrames()).isEqualTo(75);
        assertThat(plan.chunks()).extracting(Chunk::segments).containsExactly(1, 2, 4, 4, 4, 4, 1);
        assertThat(plan.chunks().get(2)).isEqualTo(new Chunk(2, 225, 300, 3, 4, false));
        assertThat(plan.segments()).isEqualTo(20);
    }

    @Test
    void chunksOfAFilmWhoseEndArrivesLastRampDownToo() {
        assertThat(ChunkPlan.tapering(grid("25", 200 * 75), Rational.of(3), 4).chunks())
                .hasSize(53)
                .extracting(Chunk::segments)
                .startsWith(1, 2, 4, 4)
                .endsWith(4, 4, 3, 1, 1);
        assertThat(ChunkPlan.tapering(grid("25", 20 * 75 + 30), Rational.of(3), 4)
                        .chunks())
                .as("a short tail joins the last segment, which is a chunk of its own")
                .extracting(Chunk::frames)
                .containsExactly(75, 150, 300, 300, 300, 150, 75, 75, 105);
        assertThat(ChunkPlan.tapering(grid("25", 3 * 75), Rational.of(3), 4).chunks())
                .extracting(Chunk::segments)
                .containsExactly(1, 1, 1);
    }

    @Test
    void smallChunksDoNotRampBeyondTheirSize() {
        assertThat(ChunkPlan.of(grid("25", 10 * 75), Rational.of(3), 1).chunks())
                .hasSize(10)
                .allMatch(chunk -> chunk.segments() == 1);
    }

    @Test
    void aTailShorterThanHalfASegmentJoinsTheLastSegment() {
        ChunkPlan plan = ChunkPlan.of(grid("25", 7 * 75 + 37), Rational.of(3), 4);

        assertThat(plan.chunks())
                .containsExactly(
                        new Chunk(0, 0, 75, 0, 1, false),
                        new Chunk(1, 75, 150, 1, 2, false),
                        new Chunk(2, 225, 225, 3, 3, false),
                        new Chunk(3, 450, 112, 6, 1, true));
    }

    @Test
    void aTailOfHalfASegmentIsASegment() {
        ChunkPlan plan = ChunkPlan.of(grid("25", 7 * 75 + 38), Rational.of(3), 4);

        assertThat(plan.chunks()).endsWith(new Chunk(2, 225, 300, 3, 4, false), new Chunk(3, 525, 38, 7, 1, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "24000/1001", "25", "30000/1001", "60"})
    void theBeginningIsPlannedAsItWillBeWhateverTheLengthOfTheWhole(String rate) {
        for (int chunkSegments : new int[] {1, 2, 4}) {
            int segment =
                    ChunkPlan.of(grid(rate, 1), Rational.of(3), chunkSegments).segmentFrames();
            for (int there = 0; there < 30 * segment; there += segment / 3 + 1) {
                ChunkPlan begun = ChunkPlan.beginning(
                        Rational.parse(rate),
                        Rational.of(3),
                        chunkSegments,
                        there,
                        new MediaPlan.Share(Rational.ONE, 0.5));
                assertThat(begun.open()).isTrue();
                for (int more = (segment + 1) / 2; more < 6 * segment; more += segment / 4 + 1) {
                    ChunkPlan whole = ChunkPlan.of(grid(rate, there + more), Rational.of(3), chunkSegments);
                    assertThat(whole.continues(begun)).isTrue();
                    assertThat(whole.begunAs(begun).share()).isEqualTo(1);
                    assertThat(begun.chunks().isEmpty()
                                    || whole.begunAs(begun).targetDuration(grid(rate, there + more))
                                            == begun.targetDuration(grid(rate, there + more)))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void anotherCutIsNoContinuation() {
        ChunkPlan begun =
                ChunkPlan.beginning(Rational.of(25), Rational.of(3), 4, 600, new MediaPlan.Share(Rational.ONE, 0.5));

        assertThat(begun.chunks()).extracting(Chunk::segments).containsExactly(1, 2, 4);
        assertThat(ChunkPlan.of(grid("25", 6000), Rational.of(3), 4).continues(begun))
                .isTrue();
        assertThat(ChunkPlan.of(grid("25", 6000), Rational.of(3), 2).continues(begun))
                .isFalse();
        assertThat(ChunkPlan.of(grid("30", 6000), Rational.of(3), 4).continues(begun))
                .isFalse();
        assertThat(ChunkPlan.of(grid("25", 525), Rational.of(3), 4).continues(begun))
                .isFalse();
        assertThat(ChunkPlan.of(grid("25", 550), Rational.of(3), 4).continues(begun))
                .isFalse();
    }

    @Test
    void aPlanThatIsCutKeepsWhatLiesBeforeTheEnd() {
        ChunkPlan plan = ChunkPlan.of(grid("25", 60 * 25), Rational.of(3), 4);

        assertThat(plan.endingAfter(226).chunks())
                .containsExactly(plan.chunks().get(0), plan.chunks().get(1), new Chunk(2, 225, 1, 3, 1, true));
        assertThat(plan.endingAfter(225).chunks())
                .containsExactly(plan.chunks().get(0), new Chunk(1, 75, 150, 1, 2, true));
        assertThat(plan.endingAfter(1).chunks()).containsExactly(new Chunk(0, 0, 1, 0, 1, true));
        assertThat(plan.endingAfter(226).segments()).isEqualTo(4);
    }

    @Test
    void aVideoShorterThanHalfASegmentIsOneChunk() {
        assertThat(ChunkPlan.of(grid("25", 1), Rational.of(3), 4).chunks())
                .containsExactly(new Chunk(0, 0, 1, 0, 1, true));
    }

    @Test
    void aVideoJustLongerThanASegmentIsOneSegment() {
        assertThat(ChunkPlan.of(grid("25", 76), Rational.of(3), 4).chunks())
                .containsExactly(new Chunk(0, 0, 76, 0, 1, true));
    }

    @Test
    void aShorterLastChunkHasTheSegmentsThatItsFramesFill() {
        ChunkPlan plan = ChunkPlan.of(grid("25", 7 * 75), Rational.of(3), 4);
        Chunk last = plan.chunks().get(2);

        assertThat(plan.segmentFrames(last, 300)).containsExactly(75, 75, 75, 75);
        assertThat(plan.segmentFrames(last, 299)).containsExactly(75, 75, 75, 74);
        assertThat(plan.segmentFrames(last, 150)).containsExactly(75, 75);
        assertThat(plan.segmentFrames(last, 1)).containsExactly(1);
        assertThat(plan.segmentFrames(last, 0)).isEmpty();
    }

    static Stream<FrameGrid> grids() {
        return RATES.stream().flatMap(rate -> IntStream.concat(IntStream.rangeClosed(1, 260), IntStream.of(3001, 5003))
                .mapToObj(frames -> grid(rate, frames)));
    }

    @Test
    void everyFrameIsInOneSegmentOfOneChunk() {
        grids().forEach(grid -> {
            for (int chunkSegments : new int[] {1, 3, 4}) {
                for (Rational seconds : List.of(Rational.ONE, Rational.of(3), new Rational(21, 10))) {
                    check(grid, ChunkPlan.of(grid, seconds, chunkSegments), chunkSegments);
                    check(grid, ChunkPlan.tapering(grid, seconds, chunkSegments), chunkSegments);
                }
            }
        });
    }

    @Test
    void twelveHoursArePlannedAlike() {
        FrameGrid grid = grid("60", 12L * 3600 * 60 + 89);

        check(grid, ChunkPlan.of(grid, Rational.of(3), 4), 4);
    }

    private static void check(FrameGrid grid, ChunkPlan plan, int chunkSegments) {
        long frame = 0;
        int segment = 0;
        List<Integer> lengths = new ArrayList<>();
        List<Chunk> chunks = plan.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            boolean ordered = chunk.index() == i && chunk.firstFrame() == frame && chunk.firstSegment() == segment;
            boolean sized = chunk.segments() >= 1 && chunk.segments() <= Math.min(i < 2 ? i + 1 : 99, chunkSegments);
            boolean marked = chunk.last() == (i == chunks.size() - 1);
            if (!ordered || !sized || !marked) {
                throw new AssertionError(grid + " " + chunk);
            }
            List<Integer> own = plan.segmentFrames(chunk, chunk.frames());
            if (own.size() != chunk.segments()) {
                throw new AssertionError(grid + " " + chunk + " " + own);
            }
            lengths.addAll(own);
            frame += chunk.frames();
            segment += chunk.segments();
        }
        long full = lengths.stream()
                .limit(lengths.size() - 1)
                .filter(length -> length == plan.segmentFrames())
                .count();
        int last = lengths.get(lengths.size() - 1);
        boolean joined = last > plan.segmentFrames();
        boolean whole = frame == grid.frames() && segment == plan.segments() && full == lengths.size() - 1;
        boolean tail = lengths.size() == 1
                ? last * 2 < plan.segmentFrames() * 3
                : last * 2 >= plan.segmentFrames() && last * 2 < plan.segmentFrames() * 3;
        boolean alone = !joined || chunks.get(chunks.size() - 1).segments() == 1;
        if (!whole || !tail || !alone) {
            throw new AssertionError(grid + " " + plan);
        }
        Rational longest =
                grid.time(lengths.stream().mapToInt(Integer::intValue).max().orElseThrow());
        if (longest.round() > plan.targetDuration(grid)) {
            throw new AssertionError(grid + " target " + plan.targetDuration(grid) + " for " + longest);
        }
    }

    static Stream<FrameGrid> soundLengths() {
        return RATES.stream().flatMap(rate -> IntStream.of(1, 80, 1234, 9001).mapToObj(frames -> grid(rate, frames)));
    }

    /** RFC 8216, 4.3.3.1: each EXTINF, rounded, is at most the target. */
    @ParameterizedTest
    @MethodSource("soundLengths")
    void theTargetCoversTheSoundToo(FrameGrid grid) {
        ChunkPlan plan = ChunkPlan.of(grid, Rational.of(3), 4);
        Rational segment = grid.time(plan.segmentFrames());
        for (int rate : new int[] {44_100, 48_000}) {
            for (int i = 0; i < Math.min(40, plan.segments() - 1); i++) {
                long frames = AudioPlan.firstFrame(i + 1L, segment, rate) - AudioPlan.firstFrame(i, segment, rate);
                assertThat(new Rational(frames * AudioPlan.FRAME_SAMPLES, rate).round())
                        .isLessThanOrEqualTo(plan.targetDuration(grid));
            }
        }
    }

    private static FrameGrid grid(String rate, long frames) {
        return new FrameGrid(Rational.parse(rate), Rational.ZERO, frames);
    }
}
