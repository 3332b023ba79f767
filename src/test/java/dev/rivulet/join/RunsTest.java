package dev.rivulet.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.testing.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final long TIMESCALE = 30_000;
    private static final MediaPlan PLAN = Sources.of(320, 240)
            .rate("30000/1001")
            .lasting("20")
            .sound("0", "20")
            .plan();
    private static final int CHUNKS = PLAN.chunks().chunks().size();

    private final Map<Integer, ChunkMade> chunks = new HashMap<>();

    RunsTest() {
        PLAN.chunks().chunks().forEach(chunk -> chunks.put(chunk.index(), made(chunk, chunk.frames())));
    }

    @Test
    void aCompleteQualityHasNoFault() {
        assertThat(Runs.fault(PLAN, chunks, "144p")).isEmpty();
        assertThat(Runs.prefix(chunks, "144p")).hasSize(PLAN.chunks().segments());
    }

    @Test
    void aGapIsAFault() {
        chunks.remove(1);

        assertThat(Runs.fault(PLAN, chunks, "144p")).contains("only 1 of " + CHUNKS + " chunks join without a doubt");
        assertThat(Runs.prefix(chunks, "144p")).hasSize(1);
    }

    @Test
    void soundMayEndBeforeItsPictureUnheard() {
        assertThat(Runs.soundEndsEarly(PLAN, sound(20_000))).isFalse();
        assertThat(Runs.soundEndsEarly(PLAN, sound(19_930))).isFalse();
        assertThat(Runs.soundEndsEarly(PLAN, sound(19_900))).isTrue();
    }

    private static AudioMade sound(long millis) {
        List<StoredSegment> segments =
                List.of(new StoredSegment(3000, 1, "a"), new StoredSegment(millis - 3000, 1, "b"));
        return new AudioMade(false, Map.of("audio-48k", new StoredRun(1000, "i", "mp4a.40.2", segments)));
    }

    @Test
    void anUnprovenSeamIsAFault() {
        ChunkMade second = chunks.get(1);
        chunks.put(1, new ChunkMade(second.frames(), "another", second.nextHash(), false, second.qualities()));

        assertThat(Runs.fault(PLAN, chunks, "144p")).contains("only 1 of " + CHUNKS + " chunks join without a doubt");
    }

    @Test
    void nothingIsShownBeforeTheFirstChunk() {
        chunks.remove(0);

        assertThat(Runs.prefix(chunks, "144p")).isEmpty();
    }

    @Test
    void anotherInitializationSegmentIsAFault() {
        replace(1, run(75, "other", TIMESCALE));

        assertThat(Runs.fault(PLAN, chunks, "144p"))
                .contains("chunk 1 has another initialization segment than chunk 0");
    }

    @Test
    void anotherTimeScaleIsAFault() {
        replace(2, run(PLAN.chunks().chunks().get(2).frames(), "init", 2 * TIMESCALE));

        assertThat(Runs.fault(PLAN, chunks, "144p"))
                .contains("chunk 2 has another initialization segment than chunk 0");
    }

    @Test
    void oneTickTooManyIsAFault() {
        Chunk chunk = PLAN.chunks().chunks().get(1);
        long ticks = chunk.frames() * 1001L;
        replace(
                1,
                new StoredRun(
                        TIMESCALE,
                        "init",
                        "avc1",
                        List.of(new StoredSegment(ticks - 90_090, 1, ""), new StoredSegment(90_091, 1, ""))));

        assertThat(Runs.fault(PLAN, chunks, "144p"))
                .contains("chunk 1 lasts " + (ticks + 1) + " ticks, not " + ticks + "/1");
    }

    @Test
    void aLastChunkWithFewerFramesIsMeasuredByThese() {
        Chunk last = PLAN.chunks().chunks().get(CHUNKS - 1);
        chunks.put(last.index(), made(last, last.frames() - 7));

        assertThat(Runs.fault(PLAN, chunks, "144p")).isEmpty();
    }

    @Test
    void durationsAreExact() {
        assertThat(Runs.durations(List.of(new StoredSegment(90_090, 1, "")), TIMESCALE))
                .containsExactly(new Rational(3003, 1000));
    }

    @Test
    void growingSoundIsAsLongAsItWillBeRecorded() {
        List<Rational> durations = Runs.growingSound(PLAN, 44_100, 6);

        assertThat(durations).allMatch(duration -> duration.times(44_100).num() % 1024 == 0);
        Rational end = durations.stream().reduce(Rational.ZERO, Rational::plus);
        Rational late = end.minus(PLAN.segmentDuration().times(6));
        assertThat(late).isBetween(Rational.ZERO, new Rational(1024, 44_100));
    }

    @Test
    void thePeakIsTheLargestSegmentAndTheAverageTheWhole() {
        List<StoredSegment> segments =
                List.of(new StoredSegment(30_000, 1000, ""), new StoredSegment(60_000, 4000, ""));

        assertThat(Runs.figures(segments, run(1, "init", TIMESCALE), 99))
                .isEqualTo(new JoinedFigures(16_000, 13_334, "avc1.42c00c", 99));
    }

    @Test
    void aVeryShortSegmentIsNoPeakUnlessItIsAll() {
        StoredSegment tiny = new StoredSegment(1001, 1000, "");
        StoredRun run = run(1, "init", TIMESCALE);

        assertThat(Runs.figures(List.of(new StoredSegment(90_000, 3000, ""), tiny), run, 0)
                        .peakBandwidth())
                .isLessThan(11_000);
        assertThat(Runs.figures(List.of(tiny), run, 0).peakBandwidth()).isEqualTo(239_761);
    }

    private void replace(int chunk, StoredRun run) {
        ChunkMade before = chunks.get(chunk);
        chunks.put(
                chunk,
                new ChunkMade(before.frames(), before.firstHash(), before.nextHash(), false, Map.of("144p", run)));
    }

    private static ChunkMade made(Chunk chunk, int frames) {
        List<StoredSegment> segments = PLAN.chunks().segmentFrames(chunk, frames).stream()
                .map(length -> new StoredSegment(length * 1001L, 5000, ""))
                .toList();
        StoredRun run = new StoredRun(TIMESCALE, "init", "avc1.42c00c", segments);
        String next = chunk.last() ? null : "frame " + (chunk.index() + 1);
        return new ChunkMade(frames, "frame " + chunk.index(), next, false, Map.of("144p", run));
    }

    private static StoredRun run(int frames, String init, long timescale) {
        return new StoredRun(timescale, init, "avc1.42c00c", List.of(new StoredSegment(frames * 1001L, 1, "")));
    }
}
