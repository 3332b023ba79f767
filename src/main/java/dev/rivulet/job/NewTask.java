package dev.rivulet.job;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.SoundPart;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.Tier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as planned.
 *
 * @param kind what it makes
 * @param tier index of the tier, 0 for other kinds
 * @param chunk index of the chunk, 0 for other kinds
 * @param taskClass its urgency
 * @param weight relative cost, for progress; at least 1
 * @param needs bytes from the file's beginning that have to be there, null when all have
 */
public record NewTask(TaskKind kind, int tier, int chunk, TaskClass taskClass, long weight, @Nullable Long needs) {
    /** A task that needs the whole file. */
    public NewTask(TaskKind kind, int tier, int chunk, TaskClass taskClass, long weight) {
        this(kind, tier, chunk, taskClass, weight, null);
    }

    /** The same with as many bytes from the file's beginning. */
    public NewTask needing(@Nullable Long bytes) {
        return new NewTask(kind, tier, chunk, taskClass, weight, bytes);
    }

    /** Everything that has to be made for a plan, most urgent first. */
    public static List<NewTask> of(MediaPlan plan) {
        List<NewTask> tasks = new ArrayList<>();
        long frames = plan.grid().frames();
        for (Tier tier : plan.tiers()) {
            tasks.addAll(ofTier(plan, tier));
        }
        for (SoundPart part : SoundPart.of(plan)) {
            tasks.add(new NewTask(
                    TaskKind.AUDIO,
                    part.ordinal(),
                    0,
                    part == SoundPart.OTHERS ? ofOtherSound(plan) : TaskClass.PREVIEW,
                    frames * 25L * part.only(plan).audio().size()));
        }
        if (plan.sourceClass() == SourceClass.MEZZANINE) {
            tasks.add(mezzanine(plan));
        }
        if (!plan.subtitles().isEmpty()) {
            tasks.add(new NewTask(TaskKind.SUBTITLES, 0, 0, TaskClass.LOWEST, 1));
        }
        tasks.add(new NewTask(TaskKind.POSTER, 0, 0, TaskClass.PREVIEW, 1));
        tasks.sort(java.util.Comparator.comparing(NewTask::taskClass)
                .thenComparing(NewTask::chunk)
                .thenComparing(NewTask::kind)
                .thenComparing(NewTask::tier));
        return List.copyOf(tasks);
    }

    /** The chunks of one tier, in order. */
    public static List<NewTask> ofTier(MediaPlan plan, Tier tier) {
        List<NewTask> tasks = new ArrayList<>();
        for (Chunk chunk : plan.chunks().chunks()) {
            TaskClass urgency =
                    TaskClass.ofChunk(chunk.index(), tier.index(), plan.tiers().size());
            tasks.add(new NewTask(TaskKind.CHUNK, tier.index(), chunk.index(), urgency, plan.weight(chunk, tier)));
        }
        return tasks;
    }

    /** As urgent as the first tier that has to wait for it. */
    private static TaskClass ofOtherSound(MediaPlan plan) {
        boolean lowest = plan.renditions(plan.tiers().get(0)).stream()
                .anyMatch(rendition -> SoundPart.beyondLowest(plan, rendition));
        return lowest ? TaskClass.LOWEST : TaskClass.MIDDLE;
    }

    /** The intermediate, which the chunks wait for. */
    public static NewTask mezzanine(MediaPlan plan) {
        return new NewTask(TaskKind.MEZZANINE, 0, 0, TaskClass.PREVIEW, plan.mezzanineWeight());
    }
}
