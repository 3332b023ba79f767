package dev.rivulet.job;

/** What a task makes. */
public enum TaskKind {
    /** One chunk in the qualities of one tier. */
    CHUNK,
    /** All sound renditions of a video. */
    AUDIO,
    /** The intermediate of a source that is read from beginning to end. */
    MEZZANINE,
    /** All subtitle renditions of a video. */
    SUBTITLES,
    /** The still picture that stands for a video. */
    POSTER
}
