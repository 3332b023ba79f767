package dev.rivulet;

import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;

/** The stores that a running server works with. */
record Stores(VideoStore videos, TaskStore tasks, TaskQueue queue, MediaFiles files, WorkFolders folders) {}
