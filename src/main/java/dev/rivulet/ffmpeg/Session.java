package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processes of the session that a started process leads. What it started and left behind belongs to nobody else, and
 * ends with it; in a sandbox the kernel sees to that.
 */
final class Session {
    private static final int STATE = 0;
    private static final int SESSION = 3;
    /** Each look may miss what is being forked just then. */
    private static final int LOOKS = 10;

    private Session() {}

    /** Kills the members of a session, the leader among them; it may have ended already. */
    static void kill(long leader) {
        for (int look = 0; look < LOOKS; look++) {
            List<ProcessHandle> members = ProcessHandle.allProcesses()
                    .filter(process -> isMember(process.pid(), leader))
                    .toList();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isMember(long pid, long leader) {
        try {
            // proc(5): the name, in brackets, may hold anything; a zombie has ended.
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[STATE].equals("Z") && fields[SESSION].equals(Long.toString(leader));
        } catch (IOException e) {
            return false;
        }
    }
}
