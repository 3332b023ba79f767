package dev.rivulet.encode;

import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.store.ArrivingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task reads.
 *
 * @param source what ffmpeg opens
 * @param feed what ffmpeg is fed, null when it opens something
 * @param file from which it is fed
 */
record Reading(String source, @Nullable ArrivingFeed feed, @Nullable ArrivingFile file) implements AutoCloseable {
    /** Finds out what a task reads, at the moment in which it begins. */
    @FunctionalInterface
    interface Opening {
        Reading open() throws IOException;
    }

    /** A file, or a {@link PartedSource}. */
    static Reading of(String source) {
        return new Reading(source, null, null);
    }

    static Reading fed(ArrivingFeed feed, ArrivingFile file) {
        return new Reading(PartedSource.FED, feed, file);
    }

    Place place(Path folder, Limits limits) {
        return new Place(source, folder, limits, Optional.ofNullable(feed));
    }

    /** Whether something was to be fed and was not. */
    boolean cutShort() {
        return feed != null && !feed.complete();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
