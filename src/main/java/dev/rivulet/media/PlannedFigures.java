package dev.rivulet.media;

import java.util.List;

/** What can be said of a rendition in a playlist before it is measured. */
public final class PlannedFigures {
    /** AAC-LC (RFC 6381, ISO/IEC 14496-3). */
    public static final String SOUND_CODEC = "mp4a.40.2";

    private PlannedFigures() {}

    /** Highest bits per second of picture and sound: the cap of the rate, with the container's share. */
    public static long bandwidth(Rendition rendition, List<AudioRendition> audio) {
        Integer kbit = AudioPlan.bitrateFor(rendition, audio);
        return rendition.maxrateKbit() * 1100L + (kbit == null ? 0 : kbit * 1100L);
    }

    /** GROUP-ID of the sound that goes with a rendition, or null without sound. */
    public static @org.jspecify.annotations.Nullable String audioGroup(
            Rendition rendition, List<AudioRendition> audio) {
        Integer kbit = AudioPlan.bitrateFor(rendition, audio);
        return kbit == null ? null : "audio-" + kbit + "k";
    }

    /** The variant stream of a rendition whose figures are planned ones. */
    public static Playlists.VariantStream variant(MediaPlan plan, Rendition rendition, String codecs) {
        String group = audioGroup(rendition, plan.audio());
        long bandwidth = bandwidth(rendition, plan.audio());
        return new Playlists.VariantStream(
                rendition.quality() + "/index.m3u8",
                bandwidth,
                bandwidth,
                group == null ? List.of(codecs) : List.of(codecs, SOUND_CODEC),
                rendition.width(),
                rendition.height(),
                plan.grid().rate(),
                group);
    }
}
