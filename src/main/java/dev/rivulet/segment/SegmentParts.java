package dev.rivulet.segment;

import dev.rivulet.bus.Bus;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;

/**
 * What the segment stage works with.
 *
 * @param folders where a source is copied that cannot be read well as it is
 */
public record SegmentParts(
        Bus bus,
        VideoStore videos,
        ArrivalStore arrivals,
        MediaFiles files,
        WorkFolders folders,
        Prober prober,
        FfmpegRunner runner,
        Room room) {}
