package dev.rivulet.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a Range header asks for (RFC 9110, 14.1.2).
 *
 * @param start offset of the first byte
 * @param length number of bytes, at least 1
 */
record ByteRange(long start, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** What is to be done with a Range header. */
    enum Verdict {
        /** There is none, or one that may be ignored: the whole file. */
        WHOLE,
        /** {@link Choice#range} and no more. */
        PART,
        /** Nothing of it is in the file: 416. */
        UNSATISFIABLE
    }

    /** @param range set for {@link Verdict#PART} only */
    record Choice(Verdict verdict, @Nullable ByteRange range) {
        private static final Choice WHOLE = new Choice(Verdict.WHOLE, null);
        private static final Choice UNSATISFIABLE = new Choice(Verdict.UNSATISFIABLE, null);
    }

    /** Several ranges in one header are answered with the whole file, as RFC 9110, 14.2 allows. */
    static Choice of(@Nullable String header, long size) {
        Matcher range = header == null ? null : ONE.matcher(header);
        if (range == null || !range.matches()) {
            return Choice.WHOLE;
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Choice.WHOLE : suffix(Long.parseLong(last), size);
        }
        long start = Long.parseLong(first);
        long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < start) {
            return Choice.WHOLE;
        }
        return start >= size ? Choice.UNSATISFIABLE : part(start, end - start + 1);
    }

    private static Choice suffix(long wanted, long size) {
        long length = Math.min(wanted, size);
        return length == 0 ? Choice.UNSATISFIABLE : part(size - length, length);
    }

    private static Choice part(long start, long length) {
        return new Choice(Verdict.PART, new ByteRange(start, length));
    }

    /** The Content-Range of an answer. */
    String contentRange(long size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
