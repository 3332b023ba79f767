package dev.rivulet.job;

import java.util.Set;

/** The states of a video and the legal moves between them. */
public enum VideoStatus {
    /** Bytes are arriving. */
    UPLOADING,
    /** Probing, planning, chunks being encoded. */
    PROCESSING,
    /** The master playlist exists, the lowest quality can be watched, more is coming. */
    READY,
    /** All qualities. */
    COMPLETED,
    /** At least one quality can be watched, at least one failed for good. */
    PARTIAL,
    /** Nothing can be watched. */
    FAILED,
    /** By the user; nothing is left on disk. */
    CANCELLED;

    /** Whether a video may go from this state to {@code next}. */
    public boolean mayBecome(VideoStatus next) {
        return next.origins().contains(this);
    }

    /** The states from which this one may be reached; PARTIAL and FAILED are left by a retry. */
    public Set<VideoStatus> origins() {
        return switch (this) {
            case UPLOADING -> Set.of();
            case PROCESSING -> Set.of(UPLOADING, PARTIAL, FAILED);
            case READY -> Set.of(PROCESSING, PARTIAL);
            case COMPLETED, PARTIAL -> Set.of(PROCESSING, READY);
            case FAILED -> Set.of(UPLOADING, PROCESSING);
            case CANCELLED -> Set.of(UPLOADING, PROCESSING, READY);
        };
    }

    /** Whether the master playlist was published before a video came to this state. */
    public boolean hasMaster() {
        return switch (this) {
            case READY, COMPLETED, PARTIAL -> true;
            case UPLOADING, PROCESSING, FAILED, CANCELLED -> false;
        };
    }

    /** Nothing more will happen by itself. */
    public boolean settled() {
        return switch (this) {
            case UPLOADING, PROCESSING, READY -> false;
            case COMPLETED, PARTIAL, FAILED, CANCELLED -> true;
        };
    }
}
