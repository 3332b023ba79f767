package dev.rivulet.job;

import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SoundPart;

/** The room that a task takes on the disk, as far as its plan lets expect. */
public final class Footprint {
    private static final long SMALL = 1 << 20;
    private static final long BYTES_PER_KBIT = 125;
    /** Near-lossless, a pixel takes about a bit. */
    private static final long MEZZANINE_PIXELS_PER_BYTE = 8;

    private Footprint() {}

    /**
     * Bytes that a task will write, about.
     *
     * @param tier of a chunk, which part of the sound, else of no meaning
     * @param chunk index, else of no meaning
     */
    public static long of(TaskKind kind, MediaPlan plan, int tier, int chunk) {
        return switch (kind) {
            case CHUNK -> {
                Rational length =
                        plan.grid().time(plan.chunks().chunks().get(chunk).frames());
                long kbit = 0;
                for (Rendition rendition : plan.renditions(plan.tiers().get(tier))) {
                    kbit += length.times(rendition.maxrateKbit()).ceil() + rendition.bufsizeKbit();
                }
                yield kbit * BYTES_PER_KBIT;
            }
            case AUDIO ->
                plan.soundDuration().ceil()
                        * SoundPart.of(tier).only(plan).audio().stream()
                                .mapToLong(AudioRendition::kbit)
                                .sum()
                        * BYTES_PER_KBIT;
            case MEZZANINE ->
                (long) plan.largest().width()
                        * plan.largest().height()
                        / MEZZANINE_PIXELS_PER_BYTE
                        * plan.grid().frames();
            case SUBTITLES, POSTER -> SMALL;
        };
    }
}
