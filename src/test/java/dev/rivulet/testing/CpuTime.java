package dev.rivulet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Processor time of processes, from {@code /proc}: Linux only. */
public final class CpuTime {
    /** The kernel's unit in these files. */
    private static final double TICKS_A_SECOND = 100;

    private static final int PARENT = 1;
    private static final List<Integer> ITS_OWN_AND_ITS_ENDED_CHILDRENS = List.of(11, 12, 13, 14);

    private CpuTime() {}

    /** Seconds of a process, of what it has started, and of those of them that have ended. */
    public static double ofTree(long pid) {
        return LongStream.concat(
                        LongStream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .mapToLong(ProcessHandle::pid))
                .mapToDouble(CpuTime::seconds)
                .sum();
    }

    /** The process that started another one. */
    public static long parent(long pid) {
        return Long.parseLong(fields(pid)[PARENT]);
    }

    private static double seconds(long pid) {
        String[] fields = fields(pid);
        return fields.length == 0
                ? 0
                : ITS_OWN_AND_ITS_ENDED_CHILDRENS.stream()
                                .mapToLong(at -> Long.parseLong(fields[at]))
                                .sum()
                        / TICKS_A_SECOND;
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
