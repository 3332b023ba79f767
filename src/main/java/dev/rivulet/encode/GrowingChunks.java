package dev.rivulet.encode;

import dev.rivulet.ffmpeg.MezzanineCommand;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches an intermediate grow. A chunk is complete when the next one has begun and its first frame's digest is there; it
 * is linked, with the digests that its seams are held against, into a folder from where it may be taken away.
 */
final class GrowingChunks {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingChunks.class);

    private final Path root;
    private final MediaPlan plan;
    private int ready;

    /** @param root the work folder */
    GrowingChunks(Path root, MediaPlan plan) {
        this.root = root;
        this.plan = plan;
    }

    /** Number of complete chunks, without a gap, while the process runs. */
    synchronized int ready() {
        List<Chunk> chunks = plan.chunks().chunks();
        try {
            List<String> digests = begun(ready + 1) ? digests() : List.of();
            while (begun(ready + 1) && digests.size() > chunks.get(ready + 1).firstSegment()) {
                write(chunks.get(ready), root.resolve(GrowingFolders.READY), digests);
                GrowingFolders.link(root, Mezzanine.chunk(ready));
                ready++;
            }
        } catch (IOException e) {
            // The chunks only wait longer: the finished task stores everything.
            LOG.warn("folder={} cannot show chunks early: {}", root, e.toString());
        }
        return ready;
    }

    private boolean begun(int chunk) {
        return chunk < plan.chunks().chunks().size() && Files.exists(root.resolve(Mezzanine.chunk(chunk)));
    }

    /** Writes the digests of all {@code count} chunks beside them, when the process has ended. */
    void finish(int count) throws IOException {
        List<String> digests = digests();
        for (Chunk chunk : plan.chunks().chunks().subList(0, count)) {
            write(chunk, root, digests);
        }
    }

    private List<String> digests() throws IOException {
        Path file = MezzanineCommand.seams(root);
        return Files.exists(file) ? SeamHashes.all(Files.readAllLines(file)) : new ArrayList<>();
    }

    private void write(Chunk chunk, Path folder, List<String> digests) throws IOException {
        Path seam = folder.resolve(Mezzanine.seam(chunk.index()));
        Files.createDirectories(Objects.requireNonNull(seam.getParent()));
        String first = digest(digests, chunk.firstSegment());
        String next = digest(digests, chunk.firstSegment() + chunk.segments());
        Files.writeString(seam, first + "\n" + (next == null || chunk.last() ? "" : next + "\n"));
    }

    private static @Nullable String digest(List<String> digests, int segment) {
        return segment < digests.size() ? digests.get(segment) : null;
    }
}
