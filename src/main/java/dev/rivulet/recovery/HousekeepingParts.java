package dev.rivulet.recovery;

import dev.rivulet.bus.Bus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFiles;
import dev.rivulet.store.WorkFolders;
import java.time.InstantSource;

/** What housekeeping works with. */
public record HousekeepingParts(
        Bus bus,
        VideoStore videos,
        Upkeep upkeep,
        MediaFiles media,
        WorkFiles work,
        WorkFolders folders,
        InstantSource clock) {}
