package dev.rivulet.publish;

import dev.rivulet.job.Bandwidth;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.PlannedFigures;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SubtitleRendition;
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
     * @param texts the finished subtitles; empty as long as there are none. A track without any text is not listed
     */
    static String of(
            MediaPlan plan, List<RenditionRow> listed, Optional<AudioMade> sound, Optional<SubtitlesMade> texts) {
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
        List<SubtitleRendition> subtitles = plan.subtitles().stream()
                .filter(member -> texts.map(made -> made.renditions().get(member.folder()))
                        .filter(text -> text.cues() > 0)
                        .isPresent())
                .toList();
        return Playlists.multivariant(variants, members, subtitles, false);
    }

    private static Playlists.VariantStream variant(MediaPlan plan, RenditionRow row, Optional<AudioMade> sound) {
        Rendition rendition = plan.rendition(row.quality());
        JoinedFigures figures = Objects.requireNonNull(row.joined());
        String group = PlannedFigures.audioGroup(rendition, plan.audio());
        Bandwidth loudest = new Bandwidth(0, 0);
        if (group != null && sound.isPresent()) {
            loudest = loudest(plan, rendition, sound.get());
        }
        return new Playlists.VariantStream(
                row.quality() + "/index.m3u8",
                figures.peakBandwidth() + loudest.peak(),
                figures.averageBandwidth() + loudest.average(),
                group == null ? List.of(figures.codecs()) : List.of(figures.codecs(), PlannedFigures.SOUND_CODEC),
                rendition.width(),
                rendition.height(),
                plan.grid().rate(),
                group);
    }

    /** A player plays one member of the group; the declared rate must do for each. */
    private static Bandwidth loudest(MediaPlan plan, Rendition rendition, AudioMade sound) {
        Integer kbit = AudioPlan.bitrateFor(rendition, plan.audio());
        long peak = 0;
        long average = 0;
        for (AudioRendition audio : plan.audio()) {
            if (Objects.equals(audio.kbit(), kbit)) {
                StoredRun run = Objects.requireNonNull(sound.renditions().get(audio.folder()));
                Bandwidth bandwidth = Bandwidth.of(run.segments(), run.timescale());
                peak = Math.max(peak, bandwidth.peak());
                average = Math.max(average, bandwidth.average());
            }
        }
        return new Bandwidth(peak, average);
    }
}
