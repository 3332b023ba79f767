package dev.rivulet.publish;

import dev.rivulet.bus.Bus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import java.time.Duration;

/**
 * What the publish stage works with.
 *
 * @param fresh how old rows may be that files are changed by
 */
public record PublishParts(Bus bus, VideoStore videos, TaskStore tasks, MediaFiles files, Duration fresh) {}
