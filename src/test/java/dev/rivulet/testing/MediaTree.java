package dev.rivulet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All files of a folder as they are at a moment, to be compared with what they are later. */
public final class MediaTree {
    private MediaTree() {}

    /** When a file was written, and what it holds. */
    public record Stored(FileTime written, String sha256) {}

    public static Map<String, Stored> of(Path folder) {
        Map<String, Stored> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                files.put(
                        folder.relativize(file).toString(),
                        new Stored(
                                Files.getLastModifiedTime(file), HexFormat.of().formatHex(digest)));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
