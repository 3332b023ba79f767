package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;

/** Chooses the renditions of a video from the configured ladder. Never upscales. */
public final class Ladder {
    private static final Rational FAST = Rational.of(30);

    private Ladder() {}

    /**
     * The renditions, ascending. A source whose short side is below the lowest quality gets one rendition at its own
     * size, named like the lowest quality.
     */
    public static List<Rendition> of(LadderSpec spec, VideoTrack video, Rational rate) {
        int width = video.shownWidth();
        int height = video.shownHeight();
        int shortSide = Math.min(width, height);
        List<Rendition> renditions = new ArrayList<>();
        for (Quality quality : spec.qualities()) {
            if (quality.boxHeight() <= shortSide) {
                renditions.add(rendition(quality, width, height, rate));
            }
        }
        if (renditions.isEmpty()) {
            Quality lowest = spec.qualities().get(0);
            renditions.add(sized(lowest, even(Rational.of(width)), even(Rational.of(height)), rate));
        }
        return List.copyOf(renditions);
    }

    /** The configured tiers, without the qualities that this video does not have. */
    public static List<Tier> tiers(LadderSpec spec, List<Rendition> renditions) {
        List<String> present = renditions.stream().map(Rendition::quality).toList();
        List<Tier> tiers = new ArrayList<>();
        for (List<String> names : spec.tiers()) {
            List<String> kept = names.stream().filter(present::contains).toList();
            if (!kept.isEmpty()) {
                tiers.add(new Tier(tiers.size(), kept));
            }
        }
        return List.copyOf(tiers);
    }

    private static Rendition rendition(Quality quality, int width, int height, Rational rate) {
        int shortSide = even(Rational.of(quality.boxHeight()));
        Rational aspect = new Rational(Math.max(width, height), Math.min(width, height));
        int longSide = even(aspect.times(quality.boxHeight()));
        return width >= height ? sized(quality, longSide, shortSide, rate) : sized(quality, shortSide, longSide, rate);
    }

    private static Rendition sized(Quality quality, int width, int height, Rational rate) {
        boolean fast = rate.compareTo(FAST) > 0;
        int maxrate = fast ? quality.maxrateKbit() * 3 / 2 : quality.maxrateKbit();
        int bufsize = fast ? quality.bufsizeKbit() * 3 / 2 : quality.bufsizeKbit();
        return new Rendition(
                quality.name(),
                width,
                height,
                quality.preset(),
                quality.crf(),
                maxrate,
                bufsize,
                quality.audioKbit(),
                AvcLevel.of(width, height, rate, maxrate));
    }

    private static int even(Rational side) {
        return (int) Math.max(2, 2 * side.dividedBy(Rational.of(2)).round());
    }
}
