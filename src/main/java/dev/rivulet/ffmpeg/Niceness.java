package dev.rivulet.ffmpeg;

/** How readily a process leaves the cores to others: the operating system's nice value. The server itself has 0. */
public enum Niceness {
    /** Somebody waits for what it makes. */
    PROMPT(5),
    /** Somebody waits for its beginning, and then it lasts: about a fifth of what a prompt one gets. */
    LASTING(12),
    /** What nobody waits for yet: about a tenth of what a prompt one gets where both want the same core. */
    PATIENT(15);

    private final int value;

    Niceness(int value) {
        this.value = value;
    }

    String word() {
        return Integer.toString(value);
    }
}
