package dev.rivulet.web;

import dev.rivulet.store.Video;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Fetches videos by link. */
public interface LinkImporter {
    /** The video, on record and about to be fetched; fails with a {@link dev.rivulet.bus.Fault}. */
    Future<Video> begin(Wish wish);

    /**
     * What somebody wants to be fetched.
     *
     * @param url as it was written; a secret
     * @param title null for the name of the file
     * @param priority from -10 to 10
     */
    record Wish(String url, @Nullable String title, @Nullable String description, int priority) {}
}
