package dev.rivulet.upload;

import dev.rivulet.web.Wording;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client calls its file: a text to be shown, never a path.
 *
 * @param text without folders and control characters, at most 255 characters, not empty
 */
record FileName(String text) {
    private static final int LONGEST = 255;
    private static final Pattern EXTENSION = Pattern.compile("^(.+)\\.[A-Za-z0-9]{1,6}$");
    private static final String NAMELESS = "video";

    static FileName of(@Nullable String sent) {
        String text = sent == null ? "" : sent.replaceAll("[\\p{Cntrl}]", "");
        String base = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1)
                .strip();
        return new FileName(base.isEmpty() || base.matches("\\.+") ? NAMELESS : cut(base, LONGEST));
    }

    /** The title of a video that nobody gave one: the name without its extension. */
    String title() {
        String title = EXTENSION.matcher(text).replaceFirst("$1");
        return title.isBlank() ? NAMELESS : cut(Wording.title(title), Wording.TITLE);
    }

    private static String cut(String text, int most) {
        int length = Math.min(most, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, length));
    }
}
