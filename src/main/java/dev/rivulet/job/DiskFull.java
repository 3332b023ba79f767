package dev.rivulet.job;

import java.util.regex.Pattern;

/**
 * Tells a full disk, or a full quota, from other trouble by the words of the operating system: all that Java, ffmpeg and
 * PostgreSQL have in common.
 */
public final class DiskFull {
    /** What {@link #in} recognises. */
    public static final String WORDS = "No space left on device";

    private static final Pattern FULL = Pattern.compile(WORDS + "|[Dd]isk quota exceeded");
    private static final int DEEPEST_CAUSE = 10;

    private DiskFull() {}

    /** Whether a message or a log says so. */
    public static boolean in(String text) {
        return FULL.matcher(text).find();
    }

    /** Whether a failure or one of its causes says so. */
    public static boolean in(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            if (in(String.valueOf(each.getMessage()))) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
