package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of which only parts are there, as ffmpeg opens it: one address that puts them in their places, with zeros between
 * them. Where a part lies is fixed when it is opened, however long it grows meanwhile. Needs no network.
 */
public final class PartedSource {
    /** What ffmpeg reads that is fed to it. */
    public static final String FED = "pipe:0";

    private static final String NOTHING = "/dev/zero";
    private static final Pattern PIECE = Pattern.compile("subfile,,start,0,end,(\\d+),,:([^|]+)");

    private PartedSource() {}

    /**
     * A piece of the file.
     *
     * @param file whose beginning it is; empty where nothing is there yet
     * @param length in bytes, above 0
     */
    public record Piece(Optional<Path> file, long length) {}

    /**
     * The address of some pieces, one behind the other.
     *
     * @return empty when one lies where ffmpeg's notation has no word for it
     */
    public static Optional<String> address(List<Piece> pieces) {
        if (pieces.stream().flatMap(piece -> piece.file().stream()).anyMatch(file -> file.toString()
                .contains("|"))) {
            return Optional.empty();
        }
        return Optional.of(pieces.stream()
                .map(piece -> "subfile,,start,0,end," + piece.length() + ",,:"
                        + piece.file().map(Path::toString).orElse(NOTHING))
                .collect(Collectors.joining("|", "concat:", "")));
    }

    /** The files that a source is read from; none when it is fed. */
    static List<Path> files(String source) {
        if (source.equals(FED)) {
            return List.of();
        }
        return parted(source)
                ? pieces(source)
                        .map(piece -> piece.group(2))
                        .filter(file -> !file.equals(NOTHING))
                        .map(Path::of)
                        .toList()
                : List.of(Path.of(source));
    }

    /** How many bytes a source has when all of it is there. */
    static long size(String source) throws IOException {
        return parted(source)
                ? pieces(source)
                        .mapToLong(piece -> Long.parseLong(piece.group(1)))
                        .sum()
                : Files.size(Path.of(source));
    }

    /** What ffmpeg needs to open a source. */
    static String protocols(String source) {
        if (source.equals(FED)) {
            return "pipe";
        }
        return parted(source) ? "file,concat,subfile" : "file";
    }

    private static boolean parted(String source) {
        return source.startsWith("concat:");
    }

    private static Stream<java.util.regex.MatchResult> pieces(String source) {
        Matcher matcher = PIECE.matcher(source);
        return matcher.results();
    }
}
