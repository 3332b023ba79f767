package dev.rivulet.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Processes that work for one data folder: embedded servers and ffmpeg, told by their command lines. */
public final class DataProcesses {
    private DataProcesses() {}

    /** Those whose command line names the folder and has every one of the words in it. */
    public static List<ProcessHandle> naming(Path folder, String... words) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    String command = command(process);
                    return command.contains(folder + "/")
                            && Arrays.stream(words).allMatch(command::contains);
                })
                .toList();
    }

    /** Waits until there are none; fails the test with what goes on. */
    public static void awaitNone(Path folder, long seconds, String... words) {
        Looks.until(
                seconds,
                () -> naming(folder, words).isEmpty(),
                () -> "still there: "
                        + naming(folder, words).stream()
                                .map(DataProcesses::command)
                                .toList());
    }

    /** Its words, with spaces between; empty once it has ended, even when nobody has taken notice yet. */
    public static String command(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** How it is, in a letter of proc(5), such as T for one that was stopped; a dash once it has gone. */
    public static char state(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return '-';
        }
    }
}
