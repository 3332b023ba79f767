package dev.rivulet.upload;

import dev.rivulet.config.Settings;
import io.vertx.core.Vertx;

/** What resumable uploads work with; one of each for a node. */
record TusParts(
        Vertx vertx,
        Ports ports,
        Settings.Upload limits,
        Admission admission,
        UploadsInFlight inFlight,
        UploadLocks locks,
        PartFiles files,
        Reception reception,
        EarlyWork early) {}
