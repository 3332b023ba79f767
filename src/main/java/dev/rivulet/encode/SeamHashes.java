package dev.rivulet.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the hashes that prove the seams, as ffmpeg's framemd5 muxer writes them. */
record SeamHashes(Optional<String> first, Optional<String> next) {
    static SeamHashes read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /** Lines of {@code stream, dts, pts, duration, size, hash}; comments begin with a hash sign. */
    static SeamHashes parse(List<String> lines) {
        List<String> hashes = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("#") && line.contains(",")) {
                hashes.add(line.substring(line.lastIndexOf(',') + 1).strip());
            }
        }
        return new SeamHashes(
                hashes.stream().findFirst(), hashes.stream().skip(1).findFirst());
    }
}
