package dev.rivulet.recovery;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.WorkFiles.Item;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param path what it concerns, relative to the data folder
 * @param video null when it belongs to none
 * @param age since its last change
 * @param bytes that its removal would free, 0 when none or not known
 * @param automatic whether it is mended or removed without anybody asking for it
 * @param detail one sentence for operators
 */
record Finding(
        Kind kind,
        String path,
        @Nullable VideoId video,
        Duration age,
        long bytes,
        Remedy remedy,
        boolean automatic,
        String detail) {
    /** What is wrong. */
    enum Kind {
        /** Files of a video that has no row. */
        BYTES_WITHOUT_ROW,
        /** A video whose files are missing. */
        ROW_WITHOUT_BYTES,
        /** Work in progress on which nobody works. */
        ORPHANED_WORK,
        /** An upload of which nothing arrives any more. */
        ABANDONED_UPLOAD,
        /** A resumable upload of which nothing arrived in time. */
        EXPIRED_UPLOAD,
        /** A settled video that has been kept for as long as was wanted. */
        EXPIRED_VIDEO
    }

    /** What to do about it. */
    sealed interface Remedy {
        /** As a client reads it. */
        String word();

        /** Removes the bytes of a video that has no row. */
        record RemoveBytes(VideoId video) implements Remedy {
            @Override
            public String word() {
                return "remove";
            }
        }

        /** Removes what lies in the work folder. */
        record RemoveWork(Item item) implements Remedy {
            @Override
            public String word() {
                return "remove";
            }
        }

        /** Removes a video that never arrived. */
        record Abandon(VideoId video) implements Remedy {
            @Override
            public String word() {
                return "remove";
            }
        }

        /** Removes a resumable upload that has expired. */
        record Lapse(VideoId upload) implements Remedy {
            @Override
            public String word() {
                return "remove";
            }
        }

        /** Deletes a video. */
        record Expire(VideoId video) implements Remedy {
            @Override
            public String word() {
                return "remove";
            }
        }

        /** Writes the master playlist again. */
        record WriteMaster(VideoId video) implements Remedy {
            @Override
            public String word() {
                return "mend";
            }
        }

        /** Only a person can. */
        record ByHand() implements Remedy {
            @Override
            public String word() {
                return "none";
            }
        }
    }
}
