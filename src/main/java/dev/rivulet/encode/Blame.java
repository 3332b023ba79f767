package dev.rivulet.encode;

import dev.rivulet.ffmpeg.DiskRoom;
import dev.rivulet.job.DiskFull;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.store.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Tells failures for want of room from those of tool and source. On a full disk a tool may end as if all were well, with its
 * files cut off, and the log that would tell is empty: so a failure while the disk was full is not held against the task.
 */
final class Blame {
    private static final Set<FailureKind> DOUBTFUL = Set.of(FailureKind.TOOL, FailureKind.INPUT);

    private final Room room;
    private final Path folder;
    private final int shortages;

    /**
     * Begins with an attempt.
     *
     * @param folder its work folder
     */
    Blame(Room room, Path folder) {
        this.room = room;
        this.folder = folder;
        this.shortages = room.shortages();
    }

    TaskFailure of(TaskFailure failure) {
        room.notice(failure.kind() == FailureKind.STORAGE ? failure.reason() : "");
        if (!DOUBTFUL.contains(failure.kind())) {
            return failure;
        }
        boolean full = DiskRoom.exhausted(folder);
        room.notice(full ? DiskFull.WORDS : "");
        return full || room.shortages() != shortages
                ? new TaskFailure(FailureKind.STORAGE, "the disk was full: " + failure.reason(), failure.log())
                : failure;
    }

    /** Our own disk, not the source: the tool has said that all is well. */
    TaskFailure of(IOException failure) {
        room.notice(failure);
        return new TaskFailure(FailureKind.STORAGE, "the work folder: " + failure, "");
    }
}
