package dev.rivulet.job;

/** Classes of urgency, strictly first to last. The ordinal is stored. */
public enum TaskClass {
    /** First chunk of the lowest tier, the sound of the lowest quality, the poster: what the preview waits for. */
    PREVIEW,
    /** The rest of the lowest tier, the subtitles; the sound of its other qualities, after all of these. */
    LOWEST,
    /** Tiers between, the sound of the other qualities where none of them is in the lowest tier. */
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
