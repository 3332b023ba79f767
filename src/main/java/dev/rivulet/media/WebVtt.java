package dev.rivulet.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the WebVTT that ffmpeg makes of any text subtitle, and writes WebVTT that any player can read. ffmpeg escapes
 * nothing, so whatever is not plainly a cue's times is somebody's text.
 */
public final class WebVtt {
    private static final Pattern TIMES = Pattern.compile(
            "(?:(\\d{2,7}):)?(\\d\\d):(\\d\\d)\\.(\\d{3}) --> (?:(\\d{2,7}):)?(\\d\\d):(\\d\\d)\\.(\\d{3})(?: .*)?");
    private static final int LONGEST_TIMES = 200;
    private static final int MOST_CUES = 100_000;
    /** How long a cue is shown that does not say it, when no other follows. */
    private static final Duration UNTOLD = Duration.ofSeconds(5);

    private WebVtt() {}

    /** A cue as it is written, on the document's clock. */
    private record Raw(Duration start, Duration end, StringBuilder text) {
        Raw until(Duration other) {
            return new Raw(start, other, text);
        }
    }

    /**
     * The cues of a presentation, by start; what lies before and after it is cut off, and what cannot be read is left
     * out.
     *
     * @param origin where the presentation begins on the document's clock
     * @param length of the presentation
     */
    public static List<Cue> read(String document, Duration origin, Duration length) {
        List<Cue> cues = new ArrayList<>();
        for (Raw raw : lasting(parsed(document))) {
            Duration start = later(raw.start().minus(origin), Duration.ZERO);
            Duration end = raw.end().minus(origin);
            end = end.compareTo(length) > 0 ? length : end;
            if (end.compareTo(start) > 0) {
                Cue cue = new Cue(start, end, CueText.of(raw.text().toString()));
                // Effects of ASS are made of many events with the same text.
                if (!cue.text().isEmpty()
                        && (cues.isEmpty() || !cues.get(cues.size() - 1).equals(cue))) {
                    cues.add(cue);
                }
            }
        }
        return List.copyOf(cues);
    }

    /** A cue as it stands in a file, with the blank line that ends it. */
    static String written(Cue cue) {
        return time(cue.start()) + " --> " + time(cue.end()) + "\n" + cue.text() + "\n\n";
    }

    private static List<Raw> parsed(String document) {
        List<Raw> cues = new ArrayList<>();
        boolean afterBlank = false;
        for (String line : (Iterable<String>) document.lines()::iterator) {
            Raw begun = afterBlank ? begun(line) : null;
            if (begun != null) {
                if (cues.size() == MOST_CUES) {
                    break;
                }
                cues.add(begun);
            } else if (!cues.isEmpty()) {
                StringBuilder text = cues.get(cues.size() - 1).text();
                // Blank lines do not end a cue here: ffmpeg leaves those of the source in its texts.
                if (text.length() <= CueText.LONGEST) {
                    text.append(line, 0, Math.min(line.length(), CueText.LONGEST + 1))
                            .append('\n');
                }
            }
            afterBlank = line.isEmpty();
        }
        cues.sort(Comparator.comparing(Raw::start));
        return cues;
    }

    private static @Nullable Raw begun(String line) {
        Matcher times = TIMES.matcher(line.length() > LONGEST_TIMES ? "" : line);
        return times.matches() ? new Raw(time(times, 1), time(times, 5), new StringBuilder()) : null;
    }

    /** A cue that does not say how long it lasts is shown until the next one. */
    private static List<Raw> lasting(List<Raw> cues) {
        Duration next = null;
        for (int i = cues.size() - 1; i >= 0; i--) {
            Raw cue = cues.get(i);
            if (cue.end().compareTo(cue.start()) <= 0) {
                Duration most = cue.start().plus(UNTOLD);
                cues.set(i, cue.until(next == null || next.compareTo(most) > 0 ? most : next));
            }
            if (i > 0 && cues.get(i - 1).start().compareTo(cue.start()) < 0) {
                next = cue.start();
            }
        }
        return cues;
    }

    private static Duration time(Matcher times, int group) {
        String hours = times.group(group);
        return Duration.ofHours(hours == null ? 0 : Long.parseLong(hours))
                .plusMinutes(Long.parseLong(times.group(group + 1)))
                .plusSeconds(Long.parseLong(times.group(group + 2)))
                .plusMillis(Long.parseLong(times.group(group + 3)));
    }

    private static String time(Duration time) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toMillisPart());
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
