package dev.rivulet.upload;

import dev.rivulet.bus.Bus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;

/** What an upload is written to. */
public record Ports(VideoStore videos, UploadStore uploads, MediaFiles files, WorkFolders folders, Bus bus) {}
