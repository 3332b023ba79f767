package dev.rivulet.join;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.PlannedFigures;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.TierSummary;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Shows the lowest quality and its sound while they grow, as a gap-free proven prefix. */
final class PreviewWriter {
    /** 32 bytes each: a node with hundreds of films at work, which take turns, reads none of them again. */
    private static final int MOST_SEGMENTS = 200_000;

    private final TaskStore tasks;
    private final MediaFiles files;
    private final int chunkSegments;
    private final LongSupplier nanos;
    private final Function<Duration, Future<Void>> later;
    private final Consumer<VideoId> again;
    /** Those that grew last; what is not here is read again. */
    private final Map<VideoId, GrowingVideo> growing = new LinkedHashMap<>(16, 0.75f, true);

    private int segments;

    /**
     * @param nanos a monotonic clock
     * @param later completes after a pause
     * @param again asks for another look at a video
     */
    PreviewWriter(
            JoinParts parts,
            int chunkSegments,
            LongSupplier nanos,
            Function<Duration, Future<Void>> later,
            Consumer<VideoId> again) {
        this.tasks = parts.tasks();
        this.files = parts.files();
        this.chunkSegments = chunkSegments;
        this.nanos = nanos;
        this.later = later;
        this.again = again;
    }

    /** What can be seen of a video that grows. */
    enum Shown {
        /** Nothing was written. */
        AS_BEFORE,
        /** More, perhaps. */
        MORE,
        /** The preview has just become playable. */
        FIRST
    }

    /**
     * Rewrites the growing playlists. The sound's are left alone once they
     * are final: another quality may have joined before the lowest.
     *
     * @param fence closed once the rows that were read are too old to write by
     */
    Future<Shown> extend(Video video, MediaPlan plan, WorkSummary work, Fence fence) {
        VideoId id = video.id();
        boolean shown = video.previewable();
        boolean soundGrows = video.renditions().stream()
                .noneMatch(row -> row.state() == RenditionState.JOINING || row.state() == RenditionState.JOINED);
        Rendition lowest = plan.renditions().get(0);
        GrowingVideo known = known(id, plan, work);
        if (shown && tooSoon(id, known)) {
            return Future.succeededFuture(Shown.AS_BEFORE);
        }
        return read(id, plan, work, known).compose(read -> {
            int sound = plan.audio().isEmpty() ? -1 : soundSegments(plan, work, known);
            Growth growth = Growth.of(known.picture().durations().size(), sound, chunkSegments);
            if (!growth.previewable(!plan.audio().isEmpty())) {
                return Future.succeededFuture(Shown.AS_BEFORE);
            }
            known.written(nanos.getAsLong());
            List<Rational> picture = known.picture().durations().subList(0, growth.video());
            Future<Boolean> written = write(id, lowest.quality(), playlist(picture, known), fence);
            if (growth.audio() > 0 && soundGrows) {
                for (AudioRendition audio : lowestSound(plan, lowest)) {
                    String sounding = playlist(durations(plan, audio, known, growth.audio()), known);
                    written = written.compose(before -> write(id, audio.folder(), sounding, fence));
                }
            }
            if (shown) {
                return written.map(Shown.MORE);
            }
            String multivariant = multivariant(plan, lowest, known.picture().codecs());
            return written.compose(before -> files.write(id, "preview.m3u8", Buffer.buffer(multivariant), fence))
                    .map(done -> done ? Shown.FIRST : Shown.MORE);
        });
    }

    private GrowingVideo known(VideoId id, MediaPlan plan, WorkSummary work) {
        GrowingVideo known = growing.get(id);
        if (known == null
                || !known.trueFor(plan, work.undone())
                || known.picture().next() > done(work)) {
            known = new GrowingVideo(plan, work.undone());
            keep(id, known);
        }
        return known;
    }

    /** Forgets those that have not grown for longest. */
    private void keep(VideoId id, GrowingVideo fresh) {
        GrowingVideo before = growing.put(id, fresh);
        segments += size(fresh) - (before == null ? 0 : size(before));
        Iterator<GrowingVideo> oldest = growing.values().iterator();
        while (segments > MOST_SEGMENTS && growing.size() > 1) {
            segments -= size(oldest.next());
            oldest.remove();
        }
    }

    private static int size(GrowingVideo video) {
        return video.plan().chunks().segments() + 50;
    }

    /** Fewer than are known when the video was planned again. */
    private static int done(WorkSummary work) {
        return work.tiers().stream()
                .filter(tier -> tier.tier() == 0)
                .mapToInt(TierSummary::done)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** Reads what has come since the last time. */
    private Future<Void> read(VideoId id, MediaPlan plan, WorkSummary work, GrowingVideo known) {
        Future<Void> picture = tasks.chunks(id, 0, known.picture().next()).map(made -> {
            known.picture().grow(made);
            return null;
        });
        if (known.sound() != null || work.audio() != TaskState.DONE) {
            return picture;
        }
        return picture.compose(read -> tasks.audio(id)).map(made -> {
            made.ifPresent(
                    all -> known.sound(lowestSound(plan, plan.renditions().get(0)).stream()
                            .collect(Collectors.toMap(AudioRendition::folder, audio -> durations(all, audio)))));
            return null;
        });
    }

    /** Sees to it that what is left out now is written later. */
    private boolean tooSoon(VideoId id, GrowingVideo known) {
        Duration pause = known.pause(nanos.getAsLong());
        if (pause.isZero()) {
            return false;
        }
        if (known.ask()) {
            later.apply(pause).onSuccess(over -> {
                known.answered();
                again.accept(id);
            });
        }
        return true;
    }

    /** The length of the last segment is known only when the sound is finished. */
    private static int soundSegments(MediaPlan plan, WorkSummary work, GrowingVideo known) {
        Map<String, List<Rational>> finished = known.sound();
        return finished == null
                ? Math.min(work.audioSegments(), plan.chunks().segments() - (plan.open() ? 0 : 1))
                : finished.values().stream().mapToInt(List::size).min().orElse(0);
    }

    private static List<Rational> durations(AudioMade sound, AudioRendition audio) {
        StoredRun run = Objects.requireNonNull(sound.renditions().get(audio.folder()));
        return Runs.durations(run.segments(), run.timescale());
    }

    private static List<Rational> durations(MediaPlan plan, AudioRendition audio, GrowingVideo known, int count) {
        Map<String, List<Rational>> finished = known.sound();
        return finished == null
                ? Runs.growingSound(plan, audio.sampleRate(), count)
                : Objects.requireNonNull(finished.get(audio.folder())).subList(0, count);
    }

    private static String playlist(List<Rational> durations, GrowingVideo known) {
        return Playlists.media(durations, known.targetDuration(), false);
    }

    private Future<Boolean> write(VideoId id, String folder, String playlist, Fence fence) {
        return files.write(id, folder + "/index.m3u8", Buffer.buffer(playlist), fence);
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
