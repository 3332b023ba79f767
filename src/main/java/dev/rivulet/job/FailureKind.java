package dev.rivulet.job;

/** Why an attempt failed; decides whether and when there is another one. */
public enum FailureKind {
    /** The tool failed or its output is not what was planned. */
    TOOL(true),
    /** The tool made no progress or took too long. */
    TIMEOUT(true),
    /** The first frame is not the frame that the chunk before saw next. */
    SEAM(true),
    /** The source cannot be decoded here. */
    INPUT(false),
    /** The tool got no more memory, or the system killed it: tried again alone on its node, with one thread. */
    MEMORY(true),
    /** The disk is full or the store is away: nobody's fault, tried until it works. */
    STORAGE(true),
    /** The worker went away: its lease expired or it was stopped. */
    LOST(true);

    private final boolean retryable;

    FailureKind(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }

    /** Counts against the limit of attempts. What failed for want of memory is counted apart. */
    public boolean counts() {
        return this != STORAGE && this != LOST && this != MEMORY;
    }
}
