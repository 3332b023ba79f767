package dev.rivulet.testing;

import dev.rivulet.config.Settings;
import dev.rivulet.embedded.BundledFfmpeg;
import dev.rivulet.embedded.EmbeddedPostgres;
import dev.rivulet.embedded.EmbeddedRedis;
import dev.rivulet.store.pg.PgDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/**
 * What the first start of a server leaves in its data folder: tools unpacked, an empty database with its tables. Made once
 * in each test run, by the program's own code; each server of a test begins with a copy, which takes a tenth of the time.
 */
public final class FirstStart {
    private static final CopyOption[] AS_IT_IS = {StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS};

    private static final Settings.Ffmpeg BUNDLED = new Settings.Ffmpeg(
            Optional.empty(), Settings.SandboxMode.AUTO, Duration.ofSeconds(10), Duration.ofSeconds(30), 0, 0);

    private FirstStart() {}

    private static final class Made {
        static final Path FOLDER = make();
    }

    /** Fills the folder unless a server has been there. */
    public static void into(Path data) {
        try {
            if (Files.exists(data.resolve("tools")) || Files.exists(data.resolve("postgres"))) {
                return;
            }
            Path made = Made.FOLDER;
            Files.createDirectories(data);
            // Nobody writes to tools: the same file may be in many folders.
            Files.walkFileTree(made.resolve("tools"), new Copying(made, data, FirstStart::link));
            Files.walkFileTree(made.resolve("postgres"), new Copying(made, data, FirstStart::copy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make() {
        try {
            Path folder = Scratch.folder("rivulet-first-start");
            BundledFfmpeg.find(BUNDLED, folder);
            EmbeddedRedis.start(folder).close();
            try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
                PgDatabase.of(server.connection()).migrate();
            }
            Files.delete(folder.resolve("postgres").resolve("port"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Placing {
        void place(Path from, Path to) throws IOException;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, AS_IT_IS);
    }

    private static void link(Path from, Path to) throws IOException {
        if (Files.isSymbolicLink(from)) {
            copy(from, to);
            return;
        }
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            copy(from, to); // on another disk
        }
    }

    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private final Placing placing;

        Copying(Path from, Path to, Placing placing) {
            this.from = from;
            this.to = to;
            this.placing = placing;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            copy(folder, to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            placing.place(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
        }
    }
}
