package dev.rivulet.store;

/** Where a quality of a video is. */
public enum RenditionState {
    /** Chunks are being encoded. */
    ENCODING,
    /** Somebody verifies and joins it, under a lease. */
    JOINING,
    /** Its playlist and its MP4 are final. */
    JOINED,
    /** Given up; the others go on. */
    FAILED
}
