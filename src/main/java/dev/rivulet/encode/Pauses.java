package dev.rivulet.encode;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets chunks that nobody waits for stand still while chunks of the lowest tier have a use for the cores: two that share a
 * core, or its two threads, are both slow, however readily one of them yields. Belongs to the dispatcher's event loop.
 */
final class Pauses {
    /** A chunk of the lowest tier makes no use of more cores: its picture is scaled and encoded by one thread each. */
    private static final int MOST_CORES = 4;

    private final int cores;
    private final Consumer<Lease> pause;
    private final Consumer<Lease> goOn;
    private Set<Lease> paused = Set.of();

    /**
     * @param pause lets a task's processes stand still
     * @param goOn ends that
     */
    Pauses(int cores, Consumer<Lease> pause, Consumer<Lease> goOn) {
        this.cores = cores;
        this.pause = pause;
        this.goOn = goOn;
    }

    /** A task has begun its work, or has done it. */
    void look(Collection<RunningTask> running) {
        Set<Lease> before = paused;
        paused = Set.copyOf(tooMuch(running));
        paused.stream().filter(task -> !before.contains(task)).forEach(pause);
        before.stream().filter(task -> !paused.contains(task)).forEach(goOn);
    }

    /** What is left of the cores goes to those that began first; the last of them may have more threads than that. */
    private List<Lease> tooMuch(Collection<RunningTask> running) {
        int urgent = running.stream()
                .filter(Pauses::urgent)
                .mapToInt(task -> Math.min(MOST_CORES, task.threads()))
                .sum();
        List<Lease> still = new ArrayList<>();
        int room = cores - urgent;
        for (RunningTask task : running) {
            if (urgent > 0 && patient(task)) {
                if (room > 0) {
                    room -= task.threads();
                } else {
                    still.add(task.lease());
                }
            }
        }
        return still;
    }

    /** Of those at work; who waits until it may run alone waits for the others, and would wait for ever. */
    private static boolean urgent(RunningTask task) {
        return task.threads() > 0
                && task.claim().kind() == TaskKind.CHUNK
                && task.claim().tier() == 0;
    }

    /** Neither sound, which has to keep up with the picture, nor an intermediate, which urgent chunks are made from. */
    private static boolean patient(RunningTask task) {
        return task.threads() > 0
                && task.claim().kind() == TaskKind.CHUNK
                && task.claim().tier() > 0;
    }
}
