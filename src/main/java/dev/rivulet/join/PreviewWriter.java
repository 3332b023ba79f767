package dev.rivulet.join;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.TaskState;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.PlannedFigures;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Shows the lowest quality and its sound while they grow, as a gap-free proven prefix. */
final class PreviewWriter {
    private final TaskStore tasks;
    private final MediaFiles files;
    private final int chunkSegments;

    PreviewWriter(TaskStore tasks, MediaFiles files, int chunkSegments) {
        this.tasks = tasks;
        this.files = files;
        this.chunkSegments = chunkSegments;
    }

    /** Rewrites the growing playlists; true when the preview has just become playable. */
    Future<Boolean> extend(Video video, MediaPlan plan, WorkSummary work) {
        Rendition lowest = plan.renditions().get(0);
        Future<Optional<AudioMade>> finishedSound =
                work.audio() == TaskState.DONE ? tasks.audio(video.id()) : Future.succeededFuture(Optional.empty());
        return finishedSound.compose(made -> tasks.chunks(video.id(), 0).compose(chunks -> {
            List<StoredSegment> segments = Runs.prefix(chunks, lowest.quality());
            int sound =
                    plan.audio().isEmpty() ? -1 : made.map(all -> segments(all)).orElse(growing(plan, work));
            Growth growth = Growth.of(segments.size(), sound, chunkSegments);
            if (!growth.previewable(!plan.audio().isEmpty())) {
                return Future.succeededFuture(false);
            }
            int target = plan.chunks().targetDuration(plan.grid());
            long timescale = Runs.run(chunks, 0, lowest.quality()).timescale();
            List<Rational> picture = Runs.durations(segments.subList(0, growth.video()), timescale);
            Future<Void> written = write(video, lowest.quality(), Playlists.media(picture, target, false));
            if (growth.audio() > 0) {
                for (AudioRendition audio : lowestSound(plan, lowest)) {
                    List<Rational> durations = made.map(all -> durations(all, audio, growth.audio()))
                            .orElseGet(() -> Runs.growingSound(plan, audio.sampleRate(), growth.audio()));
                    written = written.compose(
                            nothing -> write(video, audio.folder(), Playlists.media(durations, target, false)));
                }
            }
            if (video.previewable()) {
                return written.map(false);
            }
            String multivariant = multivariant(
                    plan, lowest, Runs.run(chunks, 0, lowest.quality()).codecs());
            return written.compose(nothing -> files.write(video.id(), "preview.m3u8", Buffer.buffer(multivariant)))
                    .map(true);
        }));
    }

    /** The length of the last segment is known only when the sound is finished. */
    private static int growing(MediaPlan plan, WorkSummary work) {
        return Math.min(work.audioSegments(), plan.chunks().segments() - 1);
    }

    private static int segments(AudioMade sound) {
        return sound.renditions().values().stream()
                .mapToInt(run -> run.segments().size())
                .min()
                .orElse(0);
    }

    private static List<Rational> durations(AudioMade sound, AudioRendition audio, int count) {
        StoredRun run = Objects.requireNonNull(sound.renditions().get(audio.folder()));
        return Runs.durations(run.segments().subList(0, count), run.timescale());
    }

    private Future<Void> write(Video video, String folder, String playlist) {
        return files.write(video.id(), folder + "/index.m3u8", Buffer.buffer(playlist));
    }

    private static List<AudioRendition> lowestSound(MediaPlan plan, Rendition lowest) {
        Integer kbit = AudioPlan.bitrateFor(lowest, plan.audio());
        return plan.audio().stream()
                .filter(audio -> Objects.equals(audio.kbit(), kbit))
                .toList();
    }

    private static String multivariant(MediaPlan plan, Rendition lowest, String codecs) {
        return Playlists.multivariant(
                List.of(PlannedFigures.variant(plan, lowest, codecs)), lowestSound(plan, lowest), List.of(), true);
    }
}
