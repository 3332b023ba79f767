package dev.rivulet.job;

import java.util.List;

/**
 * What a video was planned from before its last byte had arrived, to be held against the whole file.
 *
 * @param parts the uploads that its bytes come in, one behind the other: one, or two of which the second came first
 * @param front bytes of the box that the file begins with
 * @param moovAt where its index begins
 * @param moovLength bytes of that
 * @param sha256 digest of these two, in hexadecimal
 */
public record EarlySource(List<Part> parts, long front, long moovAt, int moovLength, String sha256) {
    /** Most parts. */
    public static final int MOST_PARTS = 2;

    /** Keeps a copy of the list that cannot be changed. */
    public EarlySource {
        parts = List.copyOf(parts);
    }

    /**
     * A part of the file.
     *
     * @param upload whose file holds it
     * @param length in bytes; of a form, which does not tell it, at most so many
     */
    public record Part(VideoId upload, long length) {}

    /** Bytes of the whole file. */
    public long size() {
        return size(parts);
    }

    /** Bytes of some parts together. */
    public static long size(List<Part> parts) {
        return parts.stream().mapToLong(Part::length).sum();
    }
}
