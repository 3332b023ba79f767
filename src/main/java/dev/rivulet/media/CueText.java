package dev.rivulet.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/**
 * Makes text of unknown origin into WebVTT cue text: the tags of italic, bold and underlined text stay, each one closed;
 * everything else is text.
 */
final class CueText {
    /** Far more than anybody reads; the rest of such a text is left out. */
    static final int LONGEST = 4000;

    private static final String TAGS = "ibu";
    private static final String NUMBER = "0123456789.-";
    private static final String DRAWING = "mnlbspc";

    private final StringBuilder out = new StringBuilder();
    private final Deque<Character> open = new ArrayDeque<>();

    private CueText() {}

    /** @return empty when there is nothing to be read */
    static String of(String raw) {
        // ffmpeg takes the hard space of ASS over as it is written there.
        String lines = cut(raw).replace("\\h", "\u00a0")
                .lines()
                .map(CueText::printable)
                .filter(line -> !bare(line).isBlank())
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() || drawing(bare(lines)) ? "" : new CueText().written(lines);
    }

    private String written(String text) {
        int at = 0;
        while (at < text.length()) {
            int tag = tag(text, at);
            if (tag > 0) {
                apply(text.charAt(at + tag - 2), tag == 4);
                at += tag;
            } else {
                escape(text.charAt(at));
                at++;
            }
        }
        closeUntil('\0');
        return out.toString();
    }

    private void apply(char name, boolean closing) {
        if (!closing) {
            open.push(name);
            out.append('<').append(name).append('>');
        } else if (open.contains(name)) {
            closeUntil(name);
        }
    }

    /** Closes tags, innermost first, up to and with {@code name}. */
    private void closeUntil(char name) {
        while (!open.isEmpty()) {
            char tag = open.pop();
            out.append("</").append(tag).append('>');
            if (tag == name) {
                return;
            }
        }
    }

    private void escape(char letter) {
        switch (letter) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> out.append(letter);
        }
    }

    /** Length of the tag that is kept at {@code at}, 0 when there is none. */
    private static int tag(String text, int at) {
        if (text.charAt(at) != '<') {
            return 0;
        }
        int name = text.startsWith("</", at) ? at + 2 : at + 1;
        return name + 1 < text.length() && TAGS.indexOf(text.charAt(name)) >= 0 && text.charAt(name + 1) == '>'
                ? name + 2 - at
                : 0;
    }

    private static String bare(String text) {
        StringBuilder bare = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int tag = tag(text, at);
            if (tag == 0) {
                bare.append(text.charAt(at));
            }
            at += Math.max(1, tag);
        }
        return bare.toString();
    }

    private static String printable(String line) {
        return line.codePoints()
                .filter(letter -> letter == '\t' || !Character.isISOControl(letter))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String cut(String raw) {
        if (raw.length() <= LONGEST) {
            return raw;
        }
        return raw.substring(0, Character.isHighSurrogate(raw.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** ASS has shapes as well as text; ffmpeg writes their outlines down: {@code m 0 0 l 100 0 100 100}. */
    private static boolean drawing(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 3 || !words[0].equals("m")) {
            return false;
        }
        for (String word : words) {
            boolean command = word.length() == 1 && DRAWING.contains(word);
            if (!command && !word.chars().allMatch(letter -> NUMBER.indexOf(letter) >= 0)) {
                return false;
            }
        }
        return true;
    }
}
