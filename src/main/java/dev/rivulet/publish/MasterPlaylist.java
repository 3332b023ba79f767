package dev.rivulet.publish;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.PlannedFigures;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes the master playlist from what was measured: picture and sound together. */
final class MasterPlaylist {
    private MasterPlaylist() {}

    /**
     * @param listed joined qualities, at least one
     * @param sound the finished sound; empty for a video without sound
     */
    static String of(MediaPlan plan, List<RenditionRow> listed, Optional<AudioMade> sound) {
        List<Playlists.VariantStream> variants = listed.stream()
                .map(row -> variant(plan, row, sound))
                .sorted(Comparator.comparingLong(Playlists.VariantStream::bandwidth))
                .toList();
        List<String> groups = variants.stream()
                .map(Playlists.VariantStream::audioGroup)
                .distinct()
                .toList();
        List<AudioRendition> members = plan.audio().stream()
                .filter(audio -> groups.contains(audio.group()))
                .toList();
        return Playlists.multivariant(variants, members, false);
    }

    private static Playlists.VariantStream variant(MediaPlan plan, RenditionRow row, Optional<AudioMade> sound) {
        Rendition rendition = plan.rendition(row.quality());
        JoinedFigures figures = Objects.requireNonNull(row.joined());
        String group = PlannedFigures.audioGroup(rendition, plan.audio());
        long peak = 0;
        long average = 0;
        if (group != null && sound.isPresent()) {
            Integer kbit = AudioPlan.bitrateFor(rendition, plan.audio());
            for (AudioRendition audio : plan.audio()) {
                if (Objects.equals(audio.kbit(), kbit)) {
                    StoredRun run =
                            Objects.requireNonNull(sound.get().renditions().get(audio.folder()));
                    peak = Math.max(peak, peak(run));
                    average = Math.max(average, average(run));
                }
            }
        }
        return new Playlists.VariantStream(
                row.quality() + "/index.m3u8",
                figures.peakBandwidth() + peak,
                figures.averageBandwidth() + average,
                group == null ? List.of(figures.codecs()) : List.of(figures.codecs(), PlannedFigures.SOUND_CODEC),
                rendition.width(),
                rendition.height(),
                plan.grid().rate(),
                group);
    }

    private static long peak(StoredRun run) {
        return run.segments().stream()
                .filter(segment -> segment.ticks() * 2 >= run.timescale())
                .mapToLong(segment -> rate(segment.bytes(), segment.ticks(), run))
                .max()
                .orElseGet(() -> average(run));
    }

    private static long average(StoredRun run) {
        long bytes = run.segments().stream().mapToLong(StoredSegment::bytes).sum();
        long ticks = run.segments().stream().mapToLong(StoredSegment::ticks).sum();
        return rate(bytes, Math.max(1, ticks), run);
    }

    private static long rate(long bytes, long ticks, StoredRun run) {
        return Rational.of(bytes * 8)
                .times(run.timescale())
                .dividedBy(Rational.of(ticks))
                .ceil();
    }
}
