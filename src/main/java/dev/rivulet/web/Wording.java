package dev.rivulet.web;

import dev.rivulet.bus.Fault;

/** What people wrote: any text, within limits, without what no reader can see and no database stores. */
public final class Wording {
    /** Longest title, in characters. */
    public static final int TITLE = 300;

    /** Longest description, in characters. */
    public static final int DESCRIPTION = 5000;

    private Wording() {}

    /** @throws Fault when the title is too long or says nothing */
    public static String title(String text) {
        String title = visible(text).replaceAll("\\s+", " ").strip();
        if (title.isEmpty()) {
            throw new Fault(400, "title_empty", "The title must not be empty.");
        }
        if (length(title) > TITLE) {
            throw new Fault(400, "title_too_long", "The title must not be longer than " + TITLE + " characters.");
        }
        return title;
    }

    /** @throws Fault when the description is too long */
    public static String description(String text) {
        String description = visible(text).strip();
        if (length(description) > DESCRIPTION) {
            throw new Fault(
                    400,
                    "description_too_long",
                    "The description must not be longer than " + DESCRIPTION + " characters.");
        }
        return description;
    }

    /** Without control characters but line breaks and tabs. */
    public static String visible(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
