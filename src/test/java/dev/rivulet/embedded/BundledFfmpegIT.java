package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.ffmpeg.FfmpegTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFfmpegIT {
    @TempDir
    Path dataDir;

    @Test
    void encodesPictureAndSoundWithoutTheLibrariesOfADesktop() throws IOException {
        FfmpegTools tools = bundled();
        Path film = dataDir.resolve("film.mp4");
        Map<String, String> environment = new HashMap<>(tools.environment());
        environment.put("LD_DEBUG", "libs");

        Command.Result result = Command.run(
                List.of(
                        tools.ffmpeg().toString(),
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=128x72:rate=25:duration=1",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=1",
                        "-c:v",
                        "libx264",
                        "-c:a",
                        "aac",
                        film.toString()),
                environment,
                Duration.ofSeconds(30));

        assertThat(result.exit()).isZero();
        assertThat(film).isNotEmptyFile();
        // Every library but those of the C and C++ run time comes from our folder.
        List<String> elsewhere = result.output()
                .lines()
                .filter(line -> line.contains("calling init:"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(path -> !path.startsWith(tools.ffmpeg().getParent().toString()))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(name -> !name.matches(
                        "(ld-linux-x86-64|libc|libm|libmvec|libstdc\\+\\+|libgcc_s|libpthread)" + "\\.so\\.\\d+"))
                .toList();
        assertThat(elsewhere).isEmpty();
        Command.Result probe = Command.run(
                List.of(tools.ffprobe().toString(), "-v", "error", "-show_entries", "stream=codec_name", "" + film),
                tools.environment(),
                Duration.ofSeconds(30));
        assertThat(probe.output()).contains("codec_name=h264", "codec_name=aac").doesNotContain("version information");
    }

    @Test
    void whatWasBrokenOffIsUnpackedAgain() throws IOException {
        Path ffprobe = bundled().ffprobe();
        long size = Files.size(ffprobe);
        Files.writeString(ffprobe, "");
        Path broken = Path.of(ffprobe.getParent() + ".new");
        Files.writeString(Files.createDirectories(broken).resolve("ffmpeg"), "");

        assertThat(bundled().ffprobe()).hasSize(size);
        assertThat(broken).doesNotExist();
    }

    @Test
    void aSecondStartUnpacksNothing() throws IOException {
        Path ffmpeg = bundled().ffmpeg();
        Object written = Files.getLastModifiedTime(ffmpeg);
        Object key = Files.getAttribute(ffmpeg, "unix:ino");

        assertThat(Files.getAttribute(bundled().ffmpeg(), "unix:ino")).isEqualTo(key);
        assertThat((Object) Files.getLastModifiedTime(ffmpeg)).isEqualTo(written);
    }

    @Test
    void theOperatorsToolsAreTakenByFolderOrByName() throws IOException {
        Path ffmpeg =
                script("ffmpeg", "ffmpeg version 9.9-x Copyright\n V..... libx264 x\n A..... aac x\n V..... libwebp x");
        script("ffprobe", "ffprobe version 9.9-x Copyright");

        FfmpegTools tools = BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.of(dataDir)), dataDir);
        assertThat(tools).isEqualTo(new FfmpegTools(ffmpeg, dataDir.resolve("ffprobe"), Map.of(), "9.9-x"));
        assertThat(BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.of(ffmpeg)), dataDir))
                .isEqualTo(tools);
    }

    @Test
    void whatIsMissingIsNamedInOneLine() throws IOException {
        assertThatThrownBy(() -> BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.of(Path.of("/nowhere"))), dataDir))
                .isInstanceOf(StartException.class)
                .hasMessage("ffmpeg.path: /nowhere is not an executable file");

        script("ffmpeg", "ffmpeg version 9.9 Copyright\n A..... aac x");
        script("ffprobe", "ffprobe version 9.9 Copyright");
        assertThatThrownBy(() -> BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.of(dataDir)), dataDir))
                .hasMessageContaining("lacks the encoders libx264, libwebp");

        script("ffmpeg", "hello");
        assertThatThrownBy(() -> BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.of(dataDir)), dataDir))
                .hasMessageContaining("is not ffmpeg");
    }

    private FfmpegTools bundled() {
        return BundledFfmpeg.find(ServersProcess.ffmpeg(Optional.empty()), dataDir);
    }

    private Path script(String name, String says) throws IOException {
        Path file = dataDir.resolve(name);
        Files.writeString(file, "#!/bin/sh\ncat <<'END'\n" + says + "\nEND\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
