package dev.rivulet.job;

import dev.rivulet.media.FragmentReach;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a video was planned from before its last byte had arrived, to be held against the whole file.
 *
 * @param parts the uploads that its bytes come in, one behind the other: one, or two of which the second came first
 * @param front bytes of the box that the file begins with
 * @param moovAt where its index begins; of a transport stream, which has none, the first bytes stand for it
 * @param moovLength bytes of that
 * @param sha256 digest of these two, in hexadecimal
 * @param reach what was planned of a film in fragments or of a transport stream, of which no index tells where everything
 *     lies; null for others
 */
public record EarlySource(
        List<Part> parts, long front, long moovAt, int moovLength, String sha256, @Nullable FragmentReach reach) {
    /** Most parts. */
    public static final int MOST_PARTS = 2;

    /** Keeps a copy of the list that cannot be changed. */
    public EarlySource {
        parts = List.copyOf(parts);
    }

    /** A film whose index tells where everything lies. */
    public EarlySource(List<Part> parts, long front, long moovAt, int moovLength, String sha256) {
        this(parts, front, moovAt, moovLength, sha256, null);
    }

    /** The same, of which more is planned. */
    public EarlySource reaching(FragmentReach further) {
        return new EarlySource(parts, front, moovAt, moovLength, sha256, further);
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
