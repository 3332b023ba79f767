package dev.rivulet.job;

/** Classes of urgency, strictly first to last. The ordinal is stored. */
public enum TaskClass {
    /** First chunk of the lowest tier, the sound, the poster: what the preview waits for. */
    PREVIEW,
    /** The rest of the lowest tier, the subtitles. */
    LOWEST,
    /** Tiers between. */
    MIDDLE,
    /** The top tier. */
    TOP;

    /** The class of a chunk task. */
    public static TaskClass ofChunk(int chunk, int tier, int tiers) {
        if (tier == 0) {
            return chunk == 0 ? PREVIEW : LOWEST;
        }
        return tier == tiers - 1 ? TOP : MIDDLE;
    }
}
