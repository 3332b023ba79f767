package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares with golden files, byte for byte. With {@code -Dgolden.write=true} it writes them instead; then read the diff
 * before you commit it.
 */
public final class Golden {
    private static final Path SOURCES = Path.of("src/test/resources/golden");

    private Golden() {}

    /** @param name below {@code golden/} */
    public static void matches(String name, String actual) {
        if (Boolean.getBoolean("golden.write")) {
            write(SOURCES.resolve(name), actual);
            return;
        }
        assertThat(actual).as("golden/" + name).isEqualTo(new String(bytes(name), StandardCharsets.UTF_8));
    }

    /** A command line, one argument a line. */
    public static void matches(String name, List<String> command) {
        assertThat(command).noneMatch(argument -> argument.contains("\n"));
        matches(name, String.join("\n", command) + "\n");
    }

    /** A fixture below {@code golden/}. */
    public static byte[] bytes(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as("golden/" + name).isNotNull();
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
