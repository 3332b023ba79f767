package dev.rivulet.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the boxes at the top of an ISO base media file tell while it is still arriving (ISO/IEC 14496-12, 4.2): whether its
 * index is there already, at the front or behind the media.
 */
public sealed interface MovieHead {
    /** Longest index that is read: twelve hours of pictures and sound have some 30 MB. */
    long LARGEST_INDEX = 48L << 20;

    /** Boxes that may stand before it. */
    int MOST_BOXES = 1000;

    /** Bytes of an unfinished file; empty for those that are not there. */
    @FunctionalInterface
    interface Bytes {
        Optional<byte[]> at(long offset, int length);
    }

    /**
     * The index is there.
     *
     * @param front bytes of the box that tells the type, which comes first, when the index is behind media; 0 when it is not
     * @param offset of the {@code moov} box
     * @param length of it, with its head
     */
    record Found(long front, long offset, int length) implements MovieHead {}

    /** It cannot be told before the byte at {@code offset} has arrived. */
    record NotYet(long offset) implements MovieHead {}

    /** It is no such file, or has no index of use. */
    record Unsuited() implements MovieHead {}

    /**
     * Walks over the boxes.
     *
     * @param size of the whole file
     */
    static MovieHead look(Bytes bytes, long size) {
        long at = 0;
        long first = 0;
        boolean media = false;
        for (int count = 0; at + 16 <= size && count < MOST_BOXES; count++) {
            Optional<byte[]> head = bytes.at(at, 16);
            if (head.isEmpty()) {
                return new NotYet(at + 16);
            }
            ByteBuffer box = ByteBuffer.wrap(head.get());
            String type = new String(head.get(), 4, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(box.getInt(0));
            length = length == 1 ? box.getLong(8) : length == 0 ? size - at : length;
            if (length < 8 || length > size - at || (at == 0 && !type.equals("ftyp"))) {
                return new Unsuited();
            }
            switch (type) {
                case "ftyp" -> first = at == 0 ? length : first;
                case "mdat" -> media = true;
                case "moov" -> {
                    if (length > LARGEST_INDEX) {
                        return new Unsuited();
                    }
                    return bytes.at(at, (int) length).isPresent()
                            ? new Found(media ? first : 0, at, (int) length)
                            : new NotYet(at + length);
                }
                // Fragments: the index is all over the file.
                case "moof", "sidx", "styp" -> {
                    return new Unsuited();
                }
                default -> {
                    // Media, or what the index does not need.
                }
            }
            at += length;
        }
        return new Unsuited();
    }

    /**
     * The same {@code moov} box for a file in which it stands before the media: so that it can be read without seeking. Media
     * that was before it moves back by its length.
     *
     * @param at where it stands in the file as it is
     * @throws MalformedMediaException when the tables cannot tell places that far behind
     */
    static byte[] moved(byte[] moov, long at) {
        byte[] copy = Arrays.copyOf(moov, moov.length);
        // A slice shares its bytes with what it was cut from.
        for (Boxes.Box track : Boxes.of(copy).needed("moov").all()) {
            if (track.type().equals("trak")) {
                Boxes table = new Boxes(new Boxes(track.content()).need("mdia", "minf", "stbl"));
                table.find("stco").ifPresent(box -> shiftNarrow(box, at, moov.length));
                table.find("co64").ifPresent(box -> shiftWide(box, at, moov.length));
            }
        }
        return copy;
    }

    private static void shiftNarrow(ByteBuffer box, long before, long by) {
        int count = MovieIndex.count(box, 4, 8, 4);
        for (int i = 0; i < count; i++) {
            long place = Integer.toUnsignedLong(box.getInt(8 + 4 * i));
            long moved = place < before ? place + by : place;
            if (moved > 0xffff_ffffL) {
                throw new MalformedMediaException("a place that cannot be told in 32 bits");
            }
            box.putInt(8 + 4 * i, (int) moved);
        }
    }

    private static void shiftWide(ByteBuffer box, long before, long by) {
        int count = MovieIndex.count(box, 4, 8, 8);
        for (int i = 0; i < count; i++) {
            long place = box.getLong(8 + 8 * i);
            box.putLong(8 + 8 * i, place < before ? place + by : place);
        }
    }
}
