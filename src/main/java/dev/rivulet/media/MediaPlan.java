package dev.rivulet.media;

import java.util.ArrayList;
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
 * @param subtitles subtitle renditions, empty without text subtitles
 * @param sourceClass how the picture is read
 * @param input name of the file that is read, relative to the video's folder
 */
public record MediaPlan(
        SourceInfo source,
        FrameGrid grid,
        ChunkPlan chunks,
        List<Rendition> renditions,
        List<Tier> tiers,
        List<AudioRendition> audio,
        List<SubtitleRendition> subtitles,
        SourceClass sourceClass,
        String input) {
    public MediaPlan {
        renditions = List.copyOf(renditions);
        tiers = List.copyOf(tiers);
        audio = List.copyOf(audio);
        // Plans that were made before there were these know nothing of them.
        subtitles = subtitles == null ? List.of() : List.copyOf(subtitles);
        sourceClass = sourceClass == null ? SourceClass.DIRECT : sourceClass;
        input = input == null ? "source/original" : input;
    }

    /**
     * The plan of a source.
     *
     * @param segmentSeconds wanted length of a segment
     * @param chunkSegments segments of a full chunk
     * @param input name of the file that is read, relative to the video's folder
     */
    public static MediaPlan of(
            SourceInfo source,
            LadderSpec ladder,
            Rational segmentSeconds,
            int chunkSegments,
            SourceClass sourceClass,
            String input) {
        FrameGrid grid = FrameGrid.of(source);
        List<Rendition> renditions = Ladder.of(ladder, source.video(), grid.rate());
        return new MediaPlan(
                source,
                grid,
                ChunkPlan.of(grid, segmentSeconds, chunkSegments),
                renditions,
                Ladder.tiers(ladder, renditions),
                AudioCopy.mark(AudioPlan.of(source, renditions), source, grid),
                SubtitlePlan.of(source),
                sourceClass,
                input);
    }

    /** The same, read from beginning to end. */
    public MediaPlan sequential() {
        return new MediaPlan(source, grid, chunks, renditions, tiers, audio, subtitles, SourceClass.MEZZANINE, input);
    }

    /** The same with this sound instead of its own. */
    MediaPlan withSound(List<AudioRendition> sound) {
        return new MediaPlan(source, grid, chunks, renditions, tiers, sound, subtitles, sourceClass, input);
    }

    /** The same with a further tier for one quality, which another made among others until now. */
    public MediaPlan withTierOf(String quality) {
        List<Tier> split = new ArrayList<>();
        for (Tier tier : tiers) {
            split.add(new Tier(
                    tier.index(),
                    tier.qualities().stream()
                            .filter(other -> !other.equals(quality))
                            .toList()));
        }
        split.add(new Tier(tiers.size(), List.of(quality)));
        return new MediaPlan(source, grid, chunks, renditions, split, audio, subtitles, sourceClass, input);
    }

    /**
     * The same for a source that breaks off: chunks before its end stay as they are.
     *
     * @param frames frames that there really are, at least 1 and fewer than planned
     */
    public MediaPlan endingAfter(long frames) {
        FrameGrid there = new FrameGrid(grid.rate(), grid.origin(), frames);
        SourceInfo cut = source.endingAt(there.sourceTime(frames));
        return new MediaPlan(
                // Where only the whole container tells a length, it is an estimate.
                source.pictureEnd() == null ? cut : cut.breakingOff(grid.duration()),
                there,
                chunks.endingAfter(frames),
                renditions,
                tiers,
                audio,
                subtitles,
                sourceClass,
                input);
    }

    /** The largest rendition: nothing of the source beyond its size is shown. */
    public Rendition largest() {
        return renditions.get(renditions.size() - 1);
    }

    /** Relative cost of the intermediate, for progress. */
    public long mezzanineWeight() {
        return Math.max(1, grid.frames() * largest().width() * largest().height() / 512);
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
