package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        return of(source, ladder, sourceClass, input, grid -> ChunkPlan.of(grid, segmentSeconds, chunkSegments));
    }

    /** The plan of a source that is still arriving and tells its end, which comes last: see {@link ChunkPlan#tapering}. */
    public static MediaPlan arriving(
            SourceInfo source, LadderSpec ladder, Rational segmentSeconds, int chunkSegments, String input) {
        return of(
                source,
                ladder,
                SourceClass.DIRECT,
                input,
                grid -> ChunkPlan.tapering(grid, segmentSeconds, chunkSegments));
    }

    private static MediaPlan of(
            SourceInfo source,
            LadderSpec ladder,
            SourceClass sourceClass,
            String input,
            Function<FrameGrid, ChunkPlan> cut) {
        FrameGrid grid = FrameGrid.of(source);
        List<Rendition> renditions = Ladder.of(ladder, source.video(), grid.rate());
        return new MediaPlan(
                source,
                grid,
                cut.apply(grid),
                renditions,
                Ladder.tiers(ladder, renditions),
                AudioCopy.mark(AudioPlan.of(source, renditions), source, grid),
                SubtitlePlan.of(source),
                sourceClass,
                input);
    }

    /**
     * The plan of a source that is still arriving, as far as it is there; its end is planned when it is known.
     *
     * @param source whose tracks tell no length, and whose own is that of what is known of it
     * @param seconds of picture that are there, and enough behind them for the end to take no part in what is planned
     * @param share of the film that they are
     */
    public static MediaPlan beginning(
            SourceInfo source,
            LadderSpec ladder,
            Rational segmentSeconds,
            int chunkSegments,
            Rational seconds,
            Share share) {
        MediaPlan whole = of(source, ladder, segmentSeconds, chunkSegments, SourceClass.DIRECT, "source/original");
        Rational rate = whole.grid.rate();
        long frames = seconds.times(rate).floor();
        return whole.with(
                source,
                whole.grid,
                ChunkPlan.beginning(rate, segmentSeconds, chunkSegments, frames, share),
                List.of(),
                whole.audio);
    }

    /**
     * A part of a film.
     *
     * @param lead seconds that its chunks are read from before their first frame, at least
     * @param share of the file, 0 to 1
     */
    public record Share(Rational lead, double share) {}

    /** The same with more of the film, which a later look has planned. */
    public Optional<MediaPlan> continued(MediaPlan later) {
        boolean same = grid.rate().equals(later.grid.rate()) && later.chunks.continues(chunks);
        return same ? Optional.of(with(later.source, later.grid, later.chunks, subtitles, audio)) : Optional.empty();
    }

    /** Whether the end of the film is yet to come. */
    public boolean open() {
        return chunks.open();
    }

    /**
     * The plan of the whole film, of which this one was the beginning; what was made by this one can be used. The sound stays
     * as it was chosen.
     *
     * @return empty when the whole is not what its beginning looked like
     */
    public Optional<MediaPlan> completed(MediaPlan whole) {
        boolean same = open()
                && sourceClass == SourceClass.DIRECT
                && whole.sourceClass == SourceClass.DIRECT
                && whole.input.equals(input)
                && whole.grid.rate().equals(grid.rate())
                && whole.grid.origin().equals(grid.origin())
                && whole.renditions.equals(renditions)
                && whole.tiers.equals(tiers)
                && source.looksLike(whole.source)
                && whole.chunks.continues(chunks);
        return same
                ? Optional.of(
                        whole.with(whole.source, whole.grid, whole.chunks.begunAs(chunks), whole.subtitles, audio))
                : Optional.empty();
    }

    private MediaPlan with(
            SourceInfo film,
            FrameGrid length,
            ChunkPlan cut,
            List<SubtitleRendition> texts,
            List<AudioRendition> sound) {
        return new MediaPlan(film, length, cut, renditions, tiers, sound, texts, sourceClass, input);
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
