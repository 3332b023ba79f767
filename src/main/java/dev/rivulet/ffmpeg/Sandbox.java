package dev.rivulet.ffmpeg;

import dev.rivulet.config.Settings.SandboxMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What stands between a process that reads untrusted files and the machine. */
public sealed interface Sandbox {
    /** Whether processes are shut in. */
    boolean works();

    /** What is in use, or why there is nothing; one line for people. */
    String detail();

    /** Words to put before the command. */
    List<String> words(Access access);

    /** Ends a process that was started with these words, and all that it started. */
    void end(Process process);

    /**
     * The sandbox that works here, proven by starting the tools in it. Blocks.
     *
     * @param work the folder that all work is done in; it exists
     */
    static Sandbox find(SandboxMode mode, FfmpegTools tools, Path work) {
        if (mode == SandboxMode.OFF) {
            return new None("switched off by ffmpeg.sandbox");
        }
        Path bwrap = ProcessLimits.find("bwrap").orElse(null);
        if (bwrap == null) {
            return new None("bwrap is not installed (the package bubblewrap)");
        }
        String reason = "";
        // Older ones cannot forbid further namespaces inside.
        for (boolean sealed : List.of(true, false)) {
            Bubblewrap tried = new Bubblewrap(bwrap, sealed, ToolPaths.of(tools), "");
            List<String> words = new ArrayList<>(tried.words(Access.writing(List.of(), work)));
            Trial ffmpeg = Trial.run(tools, words, tools.ffmpeg().toString(), "-version");
            Trial ffprobe = Trial.run(tools, words, tools.ffprobe().toString(), "-version");
            if (ffmpeg.good() && ffprobe.good()) {
                String version = Trial.run(tools, List.of(), bwrap.toString(), "--version").line;
                return new Bubblewrap(bwrap, sealed, ToolPaths.of(tools), version);
            }
            reason = ffmpeg.good() ? ffprobe.line : ffmpeg.line;
        }
        return new None("bwrap does not work here: " + reason);
    }

    /**
     * The tool of Flatpak: namespaces without network, in which the file system is what we bind.
     *
     * @param sealed whether the process may make no user namespaces of its own
     * @param tools folders that the tools and their libraries are in
     * @param version as it calls itself
     */
    record Bubblewrap(Path bwrap, boolean sealed, List<Path> tools, String version) implements Sandbox {
        /** Nobody's: whatever the server's own user may do, the process may not. */
        private static final String USER = "65534";

        private static final List<String> NAMESPACES = List.of(
                "--unshare-all",
                "--unshare-user",
                "--uid",
                USER,
                "--gid",
                USER,
                "--die-with-parent",
                "--new-session",
                "--cap-drop",
                "ALL");
        private static final List<String> SYSTEM = List.of("/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin");
        /** Where libraries are, and Debian's choice among them; nothing else of it concerns ffmpeg. */
        private static final List<String> LOADER = List.of("/etc/ld.so.cache", "/etc/alternatives");

        @Override
        public boolean works() {
            return true;
        }

        @Override
        public String detail() {
            return version;
        }

        @Override
        public List<String> words(Access access) {
            List<String> words = new ArrayList<>(List.of(bwrap.toString()));
            words.addAll(NAMESPACES);
            if (sealed) {
                words.add("--disable-userns");
            }
            words.addAll(List.of("--ro-bind", "/usr", "/usr"));
            SYSTEM.forEach(folder -> words.addAll(ToolPaths.link(folder)
                    .map(target -> List.of("--symlink", target, folder))
                    .orElse(List.of("--ro-bind-try", folder, folder))));
            LOADER.forEach(file -> words.addAll(List.of("--ro-bind-try", file, file)));
            words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--dir", "/tmp"));
            tools.forEach(folder -> words.addAll(List.of("--ro-bind", folder.toString(), folder.toString())));
            access.writes().map(Path::toString).ifPresent(folder -> words.addAll(List.of("--bind", folder, folder)));
            access.reads().forEach(path -> words.addAll(List.of("--ro-bind", path.toString(), path.toString())));
            // What is left writable would be memory that no limit counts.
            words.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--"));
            return List.copyOf(words);
        }

        /**
         * What is inside first: when the first process in it has ended, so have all others, and only then does bwrap end by
         * itself. Were bwrap killed first, the rest would go on writing for a moment into a folder that is being deleted.
         */
        @Override
        public void end(Process process) {
            List<ProcessHandle> inside = process.descendants().toList();
            inside.forEach(ProcessHandle::destroyForcibly);
            if (!inside.isEmpty()) {
                process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join();
            }
            process.destroyForcibly();
        }
    }

    /**
     * Processes run as the server's user, under limits only.
     *
     * @param detail why
     */
    record None(String detail) implements Sandbox {
        @Override
        public boolean works() {
            return false;
        }

        @Override
        public List<String> words(Access access) {
            return List.of();
        }

        @Override
        public void end(Process process) {
            process.destroyForcibly();
            Session.kill(process.pid());
        }
    }

    /**
     * A program that was started to see whether it starts.
     *
     * @param line the last one that it said
     */
    record Trial(boolean good, String line) {
        private static final int SECONDS = 10;

        static Trial run(FfmpegTools tools, List<String> before, String... command) {
            List<String> words =
                    Stream.concat(before.stream(), Stream.of(command)).toList();
            try {
                Process process = ToolPaths.process(tools, words)
                        .redirectErrorStream(true)
                        .start();
                process.onExit()
                        .completeOnTimeout(process, SECONDS, TimeUnit.SECONDS)
                        .join();
                if (process.isAlive()) {
                    process.destroyForcibly();
                    return new Trial(false, "no answer within " + SECONDS + " s");
                }
                List<String> said = new String(process.getInputStream().readNBytes(8000), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                return new Trial(process.exitValue() == 0, said.isEmpty() ? "" : said.get(said.size() - 1));
            } catch (IOException e) {
                return new Trial(false, String.valueOf(e.getMessage()));
            }
        }
    }
}
