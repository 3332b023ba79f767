package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import dev.rivulet.ffmpeg.FfmpegTools;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds ffmpeg and ffprobe, the operator's or the bundled ones, and makes sure that they can do what we need. */
public final class BundledFfmpeg {
    private static final String FOLDER = "/org/bytedeco/ffmpeg/linux-x86_64-gpl/";
    /** The two programs and the libraries they load; the rest is for calling ffmpeg from within Java. */
    private static final Pattern WANTED = Pattern.compile("ffmpeg|ffprobe|lib(?!jni).*\\.so\\.\\d+");

    private static final List<String> ENCODERS = List.of("libx264", "aac", "libwebp");
    private static final Pattern VERSION = Pattern.compile("^(ffmpeg|ffprobe) version (\\S+)");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private BundledFfmpeg() {}

    /**
     * The tools, proven to start and to have every encoder we need. Blocking.
     *
     * @throws StartException when they are missing, do not start or lack an encoder
     */
    public static FfmpegTools find(Settings.Ffmpeg settings, Path dataDir) {
        FfmpegTools tools = settings.path().map(BundledFfmpeg::given).orElseGet(() -> bundled(dataDir));
        version(tools, tools.ffprobe());
        String version = version(tools, tools.ffmpeg());
        String encoders = output(tools, tools.ffmpeg(), "-hide_banner", "-encoders");
        List<String> missing = new ArrayList<>(ENCODERS);
        missing.removeIf(encoder -> encoders.contains(" " + encoder + " "));
        if (!missing.isEmpty()) {
            throw new StartException(tools.ffmpeg() + " lacks the encoders " + String.join(", ", missing)
                    + "; leave ffmpeg.path empty for the bundled one, or name a complete one");
        }
        return new FfmpegTools(tools.ffmpeg(), tools.ffprobe(), tools.environment(), version);
    }

    private static FfmpegTools given(Path path) {
        Path ffmpeg = Files.isDirectory(path) ? path.resolve("ffmpeg") : path;
        Path ffprobe = ffmpeg.resolveSibling("ffprobe");
        for (Path tool : List.of(ffmpeg, ffprobe)) {
            if (!Files.isExecutable(tool) || Files.isDirectory(tool)) {
                throw new StartException("ffmpeg.path: " + tool + " is not an executable file");
            }
        }
        return new FfmpegTools(ffmpeg, ffprobe, Map.of(), "");
    }

    private static FfmpegTools bundled(Path dataDir) {
        URL resource = BundledFfmpeg.class.getResource(FOLDER + "ffmpeg");
        if (resource == null) {
            throw new StartException("no ffmpeg for this machine in the program; set ffmpeg.path");
        }
        try {
            Path folder = ToolFolder.of(dataDir, ToolFolder.jarName(resource), fresh -> unpack(resource, fresh));
            return new FfmpegTools(
                    folder.resolve("ffmpeg"),
                    folder.resolve("ffprobe"),
                    Map.of("LD_LIBRARY_PATH", folder.toString()),
                    "");
        } catch (IOException e) {
            throw new StartException("cannot find the bundled ffmpeg: " + e.getMessage(), e);
        }
    }

    private static void unpack(URL resource, Path folder) throws IOException {
        JarFile jar = ((JarURLConnection) resource.openConnection()).getJarFile();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            if (("/" + entry.getName()).equals(FOLDER + name)
                    && WANTED.matcher(name).matches()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, folder.resolve(name));
                }
                Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        // Sound cards and X screens: named by libavdevice, missing on a server, never called by us.
        StubLibrary.write(folder, "libpulse.so.0", "PULSE_0");
        StubLibrary.write(folder, "libasound.so.2", "ALSA_0.9", "ALSA_0.9.0rc4");
        StubLibrary.write(folder, "libxcb.so.1");
        StubLibrary.write(folder, "libxcb-shm.so.0");
    }

    private static String version(FfmpegTools tools, Path tool) {
        Matcher matcher = VERSION.matcher(output(tools, tool, "-version"));
        if (!matcher.find()) {
            throw new StartException(tool + " is not ffmpeg");
        }
        return matcher.group(2);
    }

    private static String output(FfmpegTools tools, Path tool, String... arguments) {
        List<String> words = new ArrayList<>(List.of(tool.toString()));
        words.addAll(List.of(arguments));
        try {
            Command.Result result = Command.run(words, tools.environment(), LIMIT);
            if (result.exit() != 0) {
                throw new StartException(tool + " does not start: " + result.tail());
            }
            return result.output();
        } catch (IOException e) {
            throw new StartException(tool + " does not start: " + e.getMessage(), e);
        }
    }
}
