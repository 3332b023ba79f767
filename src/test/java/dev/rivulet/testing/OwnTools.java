package dev.rivulet.testing;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The bundled ffmpeg and ffprobe as an operator's own, behind scripts that may do something first and that write down when
 * each ffmpeg ran. They do not work in a sandbox.
 */
public final class OwnTools {
    private final Path folder;

    private OwnTools(Path folder) {
        this.folder = folder;
    }

    /**
     * A run of ffmpeg.
     *
     * @param end 0 for one that has not ended, or was killed together with its script
     */
    public record Run(long pid, long begin, long end, int exit, String args) {
        /** Whether both ran at some moment. */
        public boolean overlaps(Run other) {
            return begin < other.end && other.begin < end;
        }
    }

    /**
     * @param first lines of shell that run before ffmpeg: its words are {@code $*}, FOLDER is this folder; {@code run} runs
     *     it and takes down its end
     */
    public static OwnTools in(Path folder, String first) {
        Path bundled = Path.of(MadeMedia.ffmpegPath()).getParent();
        String start = "#!/bin/sh\nexport LD_LIBRARY_PATH='" + bundled + "'\n";
        try {
            Files.createDirectories(folder);
            write(folder.resolve("ffprobe"), start + "exec '" + bundled.resolve("ffprobe") + "' \"$@\"\n");
            write(
                    folder.resolve("ffmpeg"),
                    start + "note() { echo \"$$ $(date +%s%N) $*\" >> " + folder.resolve("runs") + "; }\n"
                            + "run() { '" + bundled.resolve("ffmpeg")
                            + "' \"$@\"; code=$?; note end $code; exit $code; }\n"
                            + "note begin \"$*\"\n" + first.replace("FOLDER", folder.toString()) + "\nrun \"$@\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OwnTools(folder);
    }

    /** Shell that stops the first ffmpeg whose words match, until {@link #goOn}. */
    public static String stopping(String words) {
        return """
                case "$*" in
                %s)
                    if mkdir FOLDER/stopped 2>/dev/null; then
                        mkfifo FOLDER/gate.new
                        mv FOLDER/gate.new FOLDER/gate
                        cat FOLDER/gate > /dev/null
                    fi ;;
                esac
                """
                .formatted(words);
    }

    /** Waits until an ffmpeg has been stopped. */
    public void awaitStopped() {
        Futures.until(() -> Future.succeededFuture(Files.exists(folder.resolve("gate"))));
    }

    /** Lets it go on. */
    public void goOn() {
        try {
            Files.newOutputStream(folder.resolve("gate"), StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of settings, with more of the same section. */
    public String yaml(String... more) {
        return "ffmpeg: {" + String.join(", ", more) + (more.length == 0 ? "" : ", ") + "path: " + folder
                + ", sandbox: off}";
    }

    public Path folder() {
        return folder;
    }

    /** The runs so far whose words match, in the order in which they began. */
    public List<Run> runs(String pattern) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("runs"));
            return lines.stream()
                    .map(line -> line.split(" ", 4))
                    .filter(words -> words[2].equals("begin") && words[3].matches(".*(" + pattern + ").*"))
                    .map(words -> run(words, lines))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(String[] begin, List<String> lines) {
        String[] end = lines.stream()
                .filter(line -> line.startsWith(begin[0] + " ") && line.contains(" end "))
                .findFirst()
                .orElse("0 0 end -1")
                .split(" ");
        return new Run(
                Long.parseLong(begin[0]),
                Long.parseLong(begin[1]),
                Long.parseLong(end[1]),
                Integer.parseInt(end[3]),
                begin[3]);
    }

    private static void write(Path script, String text) throws IOException {
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
