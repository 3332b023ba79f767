package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import org.jspecify.annotations.Nullable;

/**
 * A video whose bytes begin to arrive.
 *
 * @param fileName as the uploader named the file, at most 255 characters
 * @param fileSize bytes, as far as known; 0 when not
 */
public record NewVideo(
        VideoId id,
        String title,
        @Nullable String description,
        String fileName,
        long fileSize,
        int priority,
        String userId) {}
