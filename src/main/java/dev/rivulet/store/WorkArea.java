package dev.rivulet.store;

/** The parts of {@code work/}. */
public enum WorkArea {
    /** One folder per attempt at a task. */
    TASKS("tasks"),
    /** One folder per quality that is being joined. */
    JOIN("join"),
    /** One folder per source that is looked at. */
    SEGMENT("segment"),
    /** One file per upload. */
    UPLOADS("uploads");

    private final String folder;

    WorkArea(String folder) {
        this.folder = folder;
    }

    /** Its folder below {@code work/}. */
    public String folder() {
        return folder;
    }
}
