package dev.rivulet.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cues cut into the files of a playlist. A cue that goes on beyond a boundary stands in each file that it is shown in,
 * with the same times: players know it again by these.
 *
 * @param files content of each segment
 * @param dropped how many times a cue was left out because a file, or all of them, would have become too large
 */
public record CueSegments(List<String> files, int dropped) {
    /** RFC 8216, 3.5: the cues' clock is that of picture and sound, whose decode times begin at 0. */
    private static final String HEAD = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n";

    /** Characters of one file: five hundred times what people can read in that time. */
    private static final int LARGEST_FILE = 1 << 20;

    /** Characters of all files of a track: cues that are shown all the time stand in every one. */
    private static final int LARGEST_TRACK = 32 << 20;

    public CueSegments {
        files = List.copyOf(files);
    }

    /**
     * @param cues by start, none beyond the last segment
     * @param lengths exact length of each segment in seconds
     */
    public static CueSegments of(List<Cue> cues, List<Rational> lengths) {
        List<Duration> ends = ends(lengths);
        List<StringBuilder> files = new ArrayList<>();
        lengths.forEach(length -> files.add(new StringBuilder(HEAD)));
        int dropped = 0;
        long whole = 0;
        int first = 0;
        for (Cue cue : cues) {
            while (first < ends.size() - 1 && ends.get(first).compareTo(cue.start()) <= 0) {
                first++;
            }
            String text = WebVtt.written(cue);
            for (int i = first; i < files.size(); i++) {
                if (files.get(i).length() + text.length() > LARGEST_FILE || whole + text.length() > LARGEST_TRACK) {
                    dropped++;
                } else {
                    files.get(i).append(text);
                    whole += text.length();
                }
                if (ends.get(i).compareTo(cue.end()) >= 0) {
                    break;
                }
            }
        }
        return new CueSegments(files.stream().map(StringBuilder::toString).toList(), dropped);
    }

    private static List<Duration> ends(List<Rational> lengths) {
        List<Duration> ends = new ArrayList<>();
        Rational end = Rational.ZERO;
        for (Rational length : lengths) {
            end = end.plus(length);
            ends.add(Duration.ofMillis(end.times(1000).round()));
        }
        return ends;
    }
}
