package dev.rivulet.testing;

import dev.rivulet.ffmpeg.FfmpegTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The bundled ffmpeg behind a script that can be told to fail. For servers without a sandbox, which would hide the order. */
public final class BreakableTools {
    /** A ladder whose lowest quality has a tier for itself, so that it outlives the others. */
    public static final String LOWEST_ALONE = "ladder: {tiers: [[144p], [240p, 360p], [480p, 720p, 1080p]]}";

    private final Path folder;

    /** @param folder is created */
    public BreakableTools(Path folder) {
        this.folder = folder;
        FfmpegTools tools = MadeMedia.bundled();
        try {
            Files.createDirectories(folder);
            script(
                    "ffmpeg",
                    tools.ffmpeg(),
                    "[ ! -e '%1$s' ] || case \"$*\" in *$(cat '%1$s')*) echo 'broken by the test' >&2; kill -SEGV $$;; esac\n"
                            .formatted(order()));
            script("ffprobe", tools.ffprobe(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of YAML for a server that works with these tools. */
    public String settings() {
        return "ffmpeg: {path: " + folder + ", sandbox: 'off'}";
    }

    /** From now on every ffmpeg fails whose command line has this word. */
    public void breakWith(String word) {
        try {
            Files.writeString(order(), word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on every ffmpeg works. */
    public void repair() {
        try {
            Files.deleteIfExists(order());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path order() {
        return folder.resolve("broken");
    }

    private void script(String name, Path real, String before) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(
                script,
                "#!/bin/sh\n" + before + "LD_LIBRARY_PATH='" + real.getParent() + "' exec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
