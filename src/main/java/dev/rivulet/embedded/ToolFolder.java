package dev.rivulet.embedded;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tools that come in jars, unpacked once into {@code <data.dir>/tools}. A folder appears there whole, by rename, and is
 * believed only as long as every file has the size that was written: after a power cut it may not, then it is unpacked
 * again. To be used under the {@link DataLock}.
 */
final class ToolFolder {
    private static final String LIST = ".files";

    private ToolFolder() {}

    /** Fills an empty folder. */
    interface Unpacking {
        void into(Path folder) throws IOException;
    }

    /**
     * The folder of a tool.
     *
     * @param name with the version in it, so that a new version gets a new folder
     */
    static Path of(Path dataDir, String name, Unpacking unpacking) {
        Path tools = dataDir.resolve("tools");
        Path folder = tools.resolve(name);
        try {
            if (!complete(folder)) {
                Path fresh = tools.resolve(name + ".new");
                delete(fresh);
                delete(folder);
                Files.createDirectories(fresh);
                unpacking.into(fresh);
                Files.write(fresh.resolve(LIST), sizes(fresh));
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return folder;
        } catch (IOException e) {
            throw new StartException("cannot unpack " + name + " into " + tools + ": " + e.getMessage(), e);
        }
    }

    /** The jar that a resource is in, as a name for its folder: {@code ffmpeg-8.0.1-1.5.13-linux-x86_64-gpl}. */
    static String jarName(URL resource) throws IOException {
        if (resource.openConnection() instanceof JarURLConnection jar) {
            return Path.of(jar.getJarFile().getName()).getFileName().toString().replaceFirst("\\.jar$", "");
        }
        throw new IOException(resource + " is not in a jar");
    }

    /** Removes a folder and all in it, if there is one. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static boolean complete(Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        if (!Files.exists(list)) {
            return false;
        }
        List<String> lines = Files.readAllLines(list, StandardCharsets.UTF_8);
        return !lines.isEmpty() && lines.equals(sizes(folder));
    }

    private static List<String> sizes(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> files = paths.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LIST))
                    .sorted()
                    .toList();
            return files.stream()
                    .map(file -> file.toFile().length() + " " + folder.relativize(file))
                    .toList();
        }
    }
}
