package dev.rivulet.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The digests of a chunk's first frame and of the one after its last. */
record SeamHashes(Optional<String> first, Optional<String> next) {
    /** As ffmpeg's framemd5 muxer writes them. */
    static SeamHashes read(Path file) throws IOException {
        return of(all(Files.readAllLines(file)));
    }

    /** As {@link GrowingChunks} writes them: a line each. */
    static SeamHashes plain(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static SeamHashes parse(List<String> lines) {
        return of(all(lines));
    }

    /**
     * All digests of a framemd5 file, in order: lines of {@code stream, dts, pts, duration, size, hash}; comments begin with
     * a hash sign. A last line that is only half written is left out.
     */
    static List<String> all(List<String> lines) {
        List<String> hashes = new ArrayList<>();
        for (String line : lines) {
            String hash = line.substring(line.lastIndexOf(',') + 1).strip();
            if (!line.startsWith("#") && line.contains(",") && hash.length() == DIGITS) {
                hashes.add(hash);
            }
        }
        return hashes;
    }

    private static final int DIGITS = 32;

    private static SeamHashes of(List<String> hashes) {
        return new SeamHashes(
                hashes.stream().findFirst(), hashes.stream().skip(1).findFirst());
    }
}
