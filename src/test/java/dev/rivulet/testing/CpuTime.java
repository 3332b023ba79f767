package dev.rivulet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time of processes, from {@code /proc}: Linux only. */
public final class CpuTime {
    /** The kernel's unit in these files. */
    private static final double TICKS_A_SECOND = 100;

    private static final int PARENT = 1;
    private static final List<Integer> ITS_OWN = List.of(11, 12);
    private static final List<Integer> ITS_ENDED_CHILDRENS = List.of(13, 14);

    private CpuTime() {}

    /** Seconds of a process, of what it has started, and of those of them that have ended. */
    public static double ofTree(long pid) {
        return own(pid) + ended(pid) + ofStarted(pid);
    }

    /** Seconds of a process alone. */
    public static double own(long pid) {
        return seconds(pid, ITS_OWN);
    }

    /** Seconds of what a process has started and what has ended. */
    public static double ended(long pid) {
        return seconds(pid, ITS_ENDED_CHILDRENS);
    }

    /** Seconds of what a process has started and what still runs, with what that has started. */
    public static double ofStarted(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(child -> own(child.pid()) + ended(child.pid()))
                .sum();
    }

    /** The process that started another one. */
    public static long parent(long pid) {
        return Long.parseLong(fields(pid)[PARENT]);
    }

    private static double seconds(long pid, List<Integer> places) {
        String[] fields = fields(pid);
        return fields.length == 0
                ? 0
                : places.stream().mapToLong(at -> Long.parseLong(fields[at])).sum() / TICKS_A_SECOND;
    }

    /** What stands behind the name, which may have spaces; nothing when the process has ended. */
    private static String[] fields(long pid) {
        try {
            String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
