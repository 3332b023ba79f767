package dev.rivulet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole process with everything embedded: killed, started twice, run by an ordinary user. */
class KilledProcessIT {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path dataDir;

    @Test
    void whatAKilledProcessLeftBehindIsStoppedAndTheDataIsThere() throws Exception {
        Process process = ServersProcess.start(dataDir, CLASS_PATH);
        assertThat(ServersProcess.firstLine(process)).startsWith("ready");
        process.destroyForcibly().waitFor();
        assertThat(Leftovers.in(dataDir, dataDir.resolve("redis"))).hasSize(1);

        Process next = ServersProcess.start(dataDir, CLASS_PATH);
        assertThat(ServersProcess.firstLine(next)).startsWith("ready");
        stop(next);

        assertThat(Leftovers.in(dataDir, dataDir.resolve("redis"))).isEmpty();
        assertThat(Leftovers.in(dataDir, dataDir.resolve("postgres/cluster"))).isEmpty();
    }

    @Test
    void aSecondServerOnTheFolderIsRefusedInOneLine() throws Exception {
        try (DataLock lock = DataLock.take(dataDir)) {
            Process second = ServersProcess.start(dataDir, CLASS_PATH);
            assertThat(ServersProcess.firstLine(second))
                    .startsWith("refused data folder " + dataDir + " is in use by another Rivulet (process "
                            + ProcessHandle.current().pid() + ")");
            second.waitFor();
            assertThatThrownBy(() -> DataLock.take(dataDir)).isInstanceOf(StartException.class);
        }
        DataLock.take(dataDir).close();
    }

    @Test
    void anOrdinaryUserNeedsNothingElse(@TempDir Path shared) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(shared.resolve("somebody's data"));
        new ProcessBuilder("chown", "nobody", home.toString()).start().waitFor();

        Process process =
                ServersProcess.start(home, readableByAll(shared.resolve("classpath")), "runuser", "-u", "nobody", "--");
        assertThat(ServersProcess.firstLine(process)).startsWith("ready");
        stop(process);
    }

    private static void stop(Process process) throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
    }

    /** The class path again, where others may read it: the home of root is closed to them. */
    private static String readableByAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        StringBuilder classPath = new StringBuilder();
        for (String entry : CLASS_PATH.split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.exists(from) && !entry.contains("driver-bundle")) {
                // The name tells the version of the tools in it.
                Path to = Files.createDirectories(folder.resolve("" + number++)).resolve(from.getFileName());
                copy(from, to);
                classPath.append(to).append(File.pathSeparator);
            }
        }
        return classPath.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.collect(Collectors.toList())) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    try {
                        Files.createLink(path.equals(from) ? to : target, path);
                    } catch (FileSystemException e) {
                        Files.copy(path, path.equals(from) ? to : target); // another file system
                    }
                }
            }
        }
    }
}
