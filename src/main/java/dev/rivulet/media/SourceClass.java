package dev.rivulet.media;

/** How the picture of a source is read, by what its container and its keyframes allow. */
public enum SourceClass {
    /** Every chunk is read from the source itself, by seeking. */
    DIRECT,
    /** The container has no usable index: the streams are copied once into one that has, which then is read directly. */
    REMUX,
    /**
     * Seeking is not to be trusted, or too dear: the picture is decoded once, from beginning to end, into an intermediate
     * of one file for each chunk, which are read while it grows.
     */
    MEZZANINE
}
