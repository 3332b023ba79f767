package dev.rivulet.join;

/**
 * How much of the lowest quality and of its sound may be shown while both still grow: gap-free prefixes, neither ahead of
 * the other by more than a chunk.
 *
 * @param video segments of picture
 * @param audio segments of sound, 0 without sound
 */
record Growth(int video, int audio) {
    /**
     * @param video gap-free proven segments of picture
     * @param audio gap-free stored segments of sound, negative for a video without sound
     * @param chunkSegments segments of a full chunk
     */
    static Growth of(int video, int audio, int chunkSegments) {
        if (audio < 0) {
            return new Growth(video, 0);
        }
        return new Growth(Math.min(video, audio + chunkSegments), Math.min(audio, video + chunkSegments));
    }

    /** Whether picture and sound can be played from the beginning. */
    boolean previewable(boolean hasSound) {
        return video > 0 && (audio > 0 || !hasSound);
    }
}
