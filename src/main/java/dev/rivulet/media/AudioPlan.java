package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses the sound renditions that go with the chosen qualities, and knows where their segments are cut. */
public final class AudioPlan {
    /** Samples in an AAC-LC frame (ISO/IEC 14496-3), and the encoder's priming. */
    public static final int FRAME_SAMPLES = 1024;

    private static final int KEPT_RATE = 44_100;
    private static final int USUAL_RATE = 48_000;

    private AudioPlan() {}

    /**
     * Every bitrate that a rendition names, none above the source's own but the next step, for every track.
     *
     * @return ascending by bitrate, within a bitrate in track order; empty without sound
     */
    public static List<AudioRendition> of(SourceInfo source, List<Rendition> renditions) {
        List<Integer> bitrates = renditions.stream()
                .map(Rendition::audioKbit)
                .distinct()
                .sorted()
                .toList();
        List<AudioRendition> result = new ArrayList<>();
        List<String> names = TrackNames.unique(
                source.audio().stream().map(AudioPlan::wantedName).toList(), "Sound");
        int preferred = preferred(source.audio());
        for (int kbit : bitrates) {
            for (int i = 0; i < source.audio().size(); i++) {
                AudioTrack track = source.audio().get(i);
                String group = "audio-" + kbit + "k";
                result.add(new AudioRendition(
                        group,
                        i == 0 ? group : group + "-" + i,
                        track.index(),
                        kbit,
                        track.sampleRate() == KEPT_RATE ? KEPT_RATE : USUAL_RATE,
                        false,
                        names.get(i),
                        track.language(),
                        i == preferred));
            }
        }
        List<Integer> kept = kept(bitrates, source.audio());
        return result.stream().filter(audio -> kept.contains(audio.kbit())).toList();
    }

    /** The bitrate that goes with a rendition: the one it names, or the highest published below it. */
    public static @Nullable Integer bitrateFor(Rendition rendition, List<AudioRendition> audio) {
        return audio.stream()
                .map(AudioRendition::kbit)
                .filter(kbit -> kbit <= rendition.audioKbit())
                .max(Integer::compare)
                .orElse(null);
    }

    /**
     * First AAC frame of segment {@code segment}: the first one that begins at or after the wanted time, which is where
     * ffmpeg's HLS muxer cuts.
     */
    public static long firstFrame(long segment, Rational segmentSeconds, int sampleRate) {
        return segmentSeconds
                .times(segment)
                .times(sampleRate)
                .dividedBy(Rational.of(FRAME_SAMPLES))
                .ceil();
    }

    private static List<Integer> kept(List<Integer> bitrates, List<AudioTrack> tracks) {
        long highest = 0;
        for (AudioTrack track : tracks) {
            highest = Math.max(highest, track.bitrate() == 0 ? Long.MAX_VALUE : track.bitrate());
        }
        List<Integer> kept = new ArrayList<>();
        for (int kbit : bitrates) {
            kept.add(kbit);
            if (kbit * 1000L >= highest) {
                break;
            }
        }
        return kept;
    }

    private static int preferred(List<AudioTrack> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).preferred()) {
                return i;
            }
        }
        return 0;
    }

    private static String wantedName(AudioTrack track) {
        return track.title() != null ? track.title() : Objects.requireNonNullElse(track.language(), "Sound");
    }
}
