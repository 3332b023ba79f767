package dev.rivulet.join;

import dev.rivulet.job.Bandwidth;
import dev.rivulet.job.SeamProof;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts the recorded runs of chunks together, and says what is wrong with them as a whole. */
final class Runs {
    /** Seconds by which sound may end before its picture, unheard. */
    private static final Rational SOUND_SLACK = new Rational(75, 1000);

    private Runs() {}

    /** The segments of {@code quality} from the beginning up to the first gap or unproven seam. */
    static List<StoredSegment> prefix(Map<Integer, ChunkMade> chunks, String quality) {
        List<StoredSegment> segments = new ArrayList<>();
        int proven = SeamProof.provenPrefix(chunks);
        for (int i = 0; i < proven; i++) {
            segments.addAll(run(chunks, i, quality).segments());
        }
        return segments;
    }

    /** What keeps a complete quality from being joined; empty when nothing does. */
    static Optional<String> fault(MediaPlan plan, Map<Integer, ChunkMade> chunks, String quality) {
        int count = plan.chunks().chunks().size();
        int proven = SeamProof.provenPrefix(chunks);
        if (proven < count) {
            return Optional.of("only " + proven + " of " + count + " chunks join without a doubt");
        }
        StoredRun first = run(chunks, 0, quality);
        for (int i = 0; i < count; i++) {
            StoredRun run = run(chunks, i, quality);
            if (!run.initSha256().equals(first.initSha256()) || run.timescale() != first.timescale()) {
                return Optional.of("chunk " + i + " has another initialization segment than chunk 0");
            }
            int frames = Objects.requireNonNull(chunks.get(i)).frames();
            Rational expected = plan.grid().time(frames).times(run.timescale());
            long ticks = run.segments().stream().mapToLong(StoredSegment::ticks).sum();
            if (!expected.equals(Rational.of(ticks))) {
                return Optional.of("chunk " + i + " lasts " + ticks + " ticks, not " + expected);
            }
        }
        return Optional.empty();
    }

    /** Exact length of each segment in seconds. */
    static List<Rational> durations(List<StoredSegment> segments, long timescale) {
        return segments.stream()
                .map(segment -> new Rational(segment.ticks(), timescale))
                .toList();
    }

    /** Lengths of sound segments that are stored but not yet recorded: cut at AAC frames near the wanted times. */
    static List<Rational> growingSound(MediaPlan plan, int sampleRate, int count) {
        List<Rational> durations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long frames = AudioPlan.firstFrame(i + 1L, plan.segmentDuration(), sampleRate)
                    - AudioPlan.firstFrame(i, plan.segmentDuration(), sampleRate);
            durations.add(new Rational(frames * AudioPlan.FRAME_SAMPLES, sampleRate));
        }
        return durations;
    }

    /** Whether sound ends audibly before picture and sound of the plan do. */
    static boolean soundEndsEarly(MediaPlan plan, AudioMade sound) {
        return sound.renditions().values().stream()
                .map(run -> durations(run.segments(), run.timescale()).stream().reduce(Rational.ZERO, Rational::plus))
                .anyMatch(length -> plan.soundDuration().minus(length).compareTo(SOUND_SLACK) > 0);
    }

    /** What joining measured of the picture. */
    static JoinedFigures figures(List<StoredSegment> segments, StoredRun run, long mp4Bytes) {
        Bandwidth bandwidth = Bandwidth.of(segments, run.timescale());
        return new JoinedFigures(bandwidth.peak(), bandwidth.average(), run.codecs(), mp4Bytes);
    }

    static StoredRun run(Map<Integer, ChunkMade> chunks, int chunk, String quality) {
        return Objects.requireNonNull(
                Objects.requireNonNull(chunks.get(chunk)).qualities().get(quality));
    }
}
