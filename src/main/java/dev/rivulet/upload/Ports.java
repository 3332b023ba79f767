package dev.rivulet.upload;

import dev.rivulet.bus.Bus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.UploadStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import java.util.Optional;

/**
 * What an upload is written to.
 *
 * @param arrivals empty when work on a video begins with its last byte
 */
public record Ports(
        VideoStore videos,
        UploadStore uploads,
        MediaFiles files,
        WorkFolders folders,
        Bus bus,
        Optional<ArrivalPorts> arrivals) {
    /** Who is told what has arrived, if anybody is. */
    Optional<EarlyNews> news() {
        return arrivals.map(to -> new EarlyNews(bus, to));
    }
}
