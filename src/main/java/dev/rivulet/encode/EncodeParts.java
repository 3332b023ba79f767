package dev.rivulet.encode;

import dev.rivulet.bus.Bus;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;

/** What the encode stage works with. */
public record EncodeParts(
        Bus bus,
        VideoStore videos,
        TaskStore tasks,
        TaskQueue queue,
        MediaFiles files,
        WorkFolders folders,
        FfmpegRunner runner,
        RetryPolicy policy,
        Room room) {}
