package dev.rivulet.media;

import java.util.List;

/** Decides which sound can be taken over as it is: encoding it again costs time and quality for nothing. */
final class AudioCopy {
    /** The demuxer whose timestamps are exact to the sample. */
    private static final String EXACT_CONTAINER = "mp4";

    private AudioCopy() {}

    /** Marks the renditions that are copied: at most the highest bitrate, which is the source's own or the next step. */
    static List<AudioRendition> mark(List<AudioRendition> audio, SourceInfo source, FrameGrid grid) {
        int highest = audio.stream().mapToInt(AudioRendition::kbit).max().orElse(0);
        return audio.stream()
                .map(rendition -> rendition.kbit() == highest && copyable(rendition, source, grid)
                        ? rendition.taken()
                        : rendition)
                .toList();
    }

    private static boolean copyable(AudioRendition rendition, SourceInfo source, FrameGrid grid) {
        return List.of(source.format().split(",")).contains(EXACT_CONTAINER)
                && source.audio().stream()
                        .filter(track -> track.index() == rendition.stream())
                        .anyMatch(track -> suits(track, rendition) && covers(track, source, grid));
    }

    private static boolean suits(AudioTrack track, AudioRendition rendition) {
        return track.codec().equals("aac")
                && track.profile().equals("LC")
                && track.channels() == 2
                && track.sampleRate() == rendition.sampleRate()
                && track.bitrate() > 0
                && track.bitrate() <= rendition.kbit() * 1000L;
    }

    /** From the first picture to the later end of both: nothing would have to be padded. */
    private static boolean covers(AudioTrack track, SourceInfo source, FrameGrid grid) {
        if (track.duration() == null) {
            return false;
        }
        Rational frame = new Rational(AudioPlan.FRAME_SAMPLES, track.sampleRate());
        Rational end = track.start().plus(track.duration());
        Rational wanted = grid.sourceTime(grid.frames());
        return track.start().minus(grid.origin()).compareTo(frame) < 0
                && end.plus(frame).compareTo(wanted) > 0
                && source.audio().size() == 1;
    }
}
