package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checker that knows nothing of us, and clips for it. They lie beside the project, in {@code ../shared}, or where
 * {@code -Dshared=FOLDER} says; where they are not, who needs them is skipped.
 */
public final class SharedChecker {
    /** Clips and checker. */
    public static final Path SHARED = Path.of(
                    System.getProperty("shared", Path.of("..", "shared").toString()))
            .toAbsolutePath()
            .normalize();

    private static final Path CHECKER = SHARED.resolve("tools/hlscheck.py");

    private SharedChecker() {}

    /** What to say when {@link #there} is false. */
    public static String missing() {
        return "no clips and no checker in " + SHARED + ", or no python3, which the checker needs";
    }

    /** Whether there is a checker that can run. */
    public static boolean there() {
        return Files.isRegularFile(CHECKER)
                && Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "python3")));
    }

    /** What the checker says of a published video. */
    public static MadeMedia.Output check(URI server, String id, Path source, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "python3",
                CHECKER.toString(),
                server.resolve("/media/" + id + "/master.m3u8").toString(),
                "--source",
                source.toString()));
        words.addAll(List.of(options));
        return MadeMedia.run(words);
    }

    /** Fails unless all that is checked holds. */
    public static void holds(URI server, String id, Path source) {
        MadeMedia.Output checked = check(server, id, source);
        assertThat(checked.exit()).as(checked.text()).isZero();
    }
}
