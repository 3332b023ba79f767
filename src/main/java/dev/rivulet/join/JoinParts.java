package dev.rivulet.join;

import dev.rivulet.bus.Bus;
import dev.rivulet.config.Settings;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;

/**
 * What the join stage works with.
 *
 * @param lease how long the right to join a quality lasts, and how often it is renewed
 */
public record JoinParts(
        Bus bus,
        VideoStore videos,
        TaskStore tasks,
        MediaFiles files,
        WorkFolders folders,
        FfmpegRunner runner,
        Settings.Lease lease,
        Room room) {}
