package dev.rivulet.job;

/** Where a task is. */
public enum TaskState {
    /** Known, not yet in the dispatch window, or waiting for its next attempt. */
    WAITING,
    /** In the dispatch window: handed to the queue. */
    QUEUED,
    /** Claimed under a lease. */
    RUNNING,
    /** Its files are stored and its result is recorded. */
    DONE,
    /** Out of attempts, or not worth another one. */
    FAILED,
    /** No longer wanted. */
    CANCELLED;

    /** Nothing more will happen to it by itself. */
    public boolean settled() {
        return switch (this) {
            case WAITING, QUEUED, RUNNING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }
}
