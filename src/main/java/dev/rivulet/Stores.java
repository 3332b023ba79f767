package dev.rivulet;

import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.ClusterLock;
import dev.rivulet.store.ImportStore;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import dev.rivulet.store.Workload;

/** The stores that a running server works with. */
record Stores(
        VideoStore videos,
        UploadStore uploads,
        ArrivalStore arrivals,
        Arrivals arriving,
        ImportStore imports,
        TaskStore tasks,
        Workload workload,
        TaskQueue queue,
        MediaFiles files,
        WorkFolders folders,
        Upkeep upkeep,
        ClusterLock recovering,
        Room room) {}
