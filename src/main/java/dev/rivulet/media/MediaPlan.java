package dev.rivulet.media;

import java.util.List;

/**
 * Everything that is decided about a video before the first frame is decoded.
 *
 * @param source what probing found
 * @param grid the frame grid
 * @param chunks the chunk plan
 * @param renditions ascending by quality
 * @param tiers which renditions share a process
 * @param audio sound renditions, empty without sound
 */
public record MediaPlan(
        SourceInfo source,
        FrameGrid grid,
        ChunkPlan chunks,
        List<Rendition> renditions,
        List<Tier> tiers,
        List<AudioRendition> audio) {
    public MediaPlan {
        renditions = List.copyOf(renditions);
        tiers = List.copyOf(tiers);
        audio = List.copyOf(audio);
    }

    /**
     * @param segmentSeconds wanted length of a segment
     * @param chunkSegments segments of a full chunk
     */
    public static MediaPlan of(SourceInfo source, LadderSpec ladder, Rational segmentSeconds, int chunkSegments) {
        FrameGrid grid = FrameGrid.of(source);
        List<Rendition> renditions = Ladder.of(ladder, source.video(), grid.rate());
        return new MediaPlan(
                source,
                grid,
                ChunkPlan.of(grid, segmentSeconds, chunkSegments),
                renditions,
                Ladder.tiers(ladder, renditions),
                AudioCopy.mark(AudioPlan.of(source, renditions), source, grid));
    }

    /** @throws IllegalArgumentException when the video has no such quality */
    public Rendition rendition(String quality) {
        return renditions.stream()
                .filter(rendition -> rendition.quality().equals(quality))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no quality " + quality));
    }

    /** The renditions of a tier, ascending. */
    public List<Rendition> renditions(Tier tier) {
        return tier.qualities().stream().map(this::rendition).toList();
    }

    /** Exact length of a full segment in seconds. */
    public Rational segmentDuration() {
        return grid.time(chunks.segmentFrames());
    }

    /** Exact length of the sound in seconds: to the later end of picture and sound. */
    public Rational soundDuration() {
        Rational sound = source.soundEnd();
        return sound == null ? grid.duration() : grid.duration().max(sound.minus(grid.origin()));
    }

    /** Relative cost of encoding {@code chunk} in {@code tier}, for progress. */
    public long weight(Chunk chunk, Tier tier) {
        return renditions(tier).stream().mapToLong(Rendition::costPerFrame).sum() * chunk.frames();
    }
}
