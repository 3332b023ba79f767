package dev.rivulet.web;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files in the jar. Not by Vert.x, which would prefer a file of that name in the folder where we were started. */
final class ClassPath {
    private ClassPath() {}

    /** The file, or empty when there is none; blocks. */
    static Optional<Buffer> read(String name) {
        try (InputStream in = ClassPath.class.getResourceAsStream("/" + name)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
