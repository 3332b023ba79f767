package dev.rivulet.media;

import java.time.Duration;

/**
 * A text that is shown for a while.
 *
 * @param start from the beginning of the presentation, not negative
 * @param end later than {@code start}
 * @param text lines of WebVTT cue text (WebVTT, section 4.2.2), none of them blank
 */
public record Cue(Duration start, Duration end, String text) {}
