package dev.rivulet.upload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds what separates the parts of a form, by Horspool's search: most bytes of a video are never looked at. */
final class Delimiter {
    private final byte[] text;
    private final int[] skip = new int[256];

    /** @param boundary as the Content-Type says */
    Delimiter(String boundary) {
        text = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(skip, text.length);
        for (int i = 0; i < text.length - 1; i++) {
            skip[text[i] & 0xff] = text.length - 1 - i;
        }
    }

    int length() {
        return text.length;
    }

    /** Where it begins in {@code bytes} between {@code from} and {@code end}, as a whole, or -1. */
    int find(byte[] bytes, int from, int end) {
        int last = text.length - 1;
        int at = from;
        while (at + last < end) {
            if (Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                return at;
            }
            at += skip[bytes[at + last] & 0xff];
        }
        return -1;
    }
}
