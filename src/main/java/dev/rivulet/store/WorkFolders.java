package dev.rivulet.store;

import java.nio.file.Path;

/**
 * Where work in progress lies, on this node's disk: one folder per attempt, deleted after it.
 *
 * @param root {@code work/} in the data directory
 */
public record WorkFolders(Path root) {
    /** Folder of one attempt at a task. */
    public Path task(dev.rivulet.job.Lease lease) {
        return root.resolve(WorkArea.TASKS.folder())
                .resolve(lease.task() + "-" + lease.attempt() + "-"
                        + lease.token().toString().substring(0, 8));
    }

    /** Folder in which a quality is joined. */
    public Path join(dev.rivulet.job.VideoId video, String quality) {
        return root.resolve(WorkArea.JOIN.folder()).resolve(video + "-" + quality);
    }

    /** Folder in which a source is looked at. */
    public Path segment(dev.rivulet.job.VideoId video) {
        return root.resolve(WorkArea.SEGMENT.folder()).resolve(video.toString());
    }

    /** Where the bytes of an upload arrive. */
    public Path upload(dev.rivulet.job.VideoId video) {
        return root.resolve(WorkArea.UPLOADS.folder()).resolve(video + ".part");
    }
}
