package dev.rivulet.encode;

import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets chunks that nobody waits for stand still while chunks of the lowest tier have a use for the cores: two that share a
 * core, or its two threads, are both slow, however readily one of them yields. Belongs to the dispatcher's event loop.
 */
final class Pauses {
    /** A chunk of the lowest tier makes no use of more cores: its picture is scaled and encoded by one thread each. */
    private static final int MOST_CORES = 4;

    private final int cores;
    private final Processes processes;
    private Set<Lease> paused = Set.of();

    /** Those of a task. */
    interface Processes {
        void pause(Lease task);

        void goOn(Lease task);
    }

    Pauses(int cores, Processes processes) {
        this.cores = cores;
        this.processes = processes;
    }

    /** A task has begun its work, or is over. */
    void look(Collection<RunningTask> running) {
        Set<Lease> before = paused;
        paused = Set.copyOf(tooMuch(running));
        paused.stream().filter(task -> !before.contains(task)).forEach(processes::pause);
        before.stream().filter(task -> !paused.contains(task)).forEach(processes::goOn);
    }

    /** Whatever is left of the cores goes to those that began first. */
    private List<Lease> tooMuch(Collection<RunningTask> running) {
        int room = cores
                - running.stream()
                        .filter(Pauses::urgent)
                        .mapToInt(task -> Math.min(MOST_CORES, task.threads()))
                        .sum();
        List<Lease> paused = new ArrayList<>();
        if (room < cores) {
            for (RunningTask task : running) {
                if (patient(task)) {
                    room -= task.threads();
                    if (room < 0) {
                        paused.add(task.lease());
                    }
                }
            }
        }
        return paused;
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
