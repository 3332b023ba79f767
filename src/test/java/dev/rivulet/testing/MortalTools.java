package dev.rivulet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bundled tools, of which the first process of each kind is killed in the middle of its work, without a word. */
public final class MortalTools {
    private static final String KINDS =
            """
            for last; do :; done
            case "$last" in
                */copy.mkv) kind=copy;;
                */seams.framemd5) kind=mezzanine;;
                *.vtt) kind=subtitles;;
                */audio-*) kind=sound;;
                */poster.webp) kind=poster;;
                */join/*) kind=join;;
                */seam.framemd5) kind=chunk;;
                *) case "$*" in *idet*) kind=look;; *-show_entries*) kind=probe;; *) kind=other;; esac;;
            esac
            """;

    private final Path folder;

    /** @param folder an empty one */
    public MortalTools(Path folder) {
        this.folder = folder;
        Path bundled = MadeMedia.bundled().ffmpeg().getParent();
        try {
            Files.createDirectories(marks());
            for (String tool : Set.of("ffmpeg", "ffprobe")) {
                Path script = folder.resolve(tool);
                Files.writeString(
                        script,
                        "#!/bin/sh\n" + KINDS
                                + """
                                export LD_LIBRARY_PATH='%s'
                                case $kind in other) exec '%s' "$@";; esac
                                /bin/mkdir '%s/'$kind 2>/dev/null || exec '%s' "$@"
                                '%s' "$@" & child=$!
                                /bin/sleep 0.1
                                kill -KILL $child $$
                                """
                                        .formatted(
                                                bundled,
                                                bundled.resolve(tool),
                                                marks(),
                                                bundled.resolve(tool),
                                                bundled.resolve(tool)));
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of YAML for a server that works with these tools. */
    public String settings() {
        return "ffmpeg: {path: " + folder + ", sandbox: 'off'}";
    }

    /** Kinds of which one was killed. */
    public Set<String> killed() {
        try (Stream<Path> kinds = Files.list(marks())) {
            return kinds.map(kind -> kind.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path marks() {
        return folder.resolve("killed");
    }
}
