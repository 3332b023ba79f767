package dev.rivulet.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2).
 *
 * @param data a view of the content of one box, or of a whole file
 */
record Boxes(ByteBuffer data) {

    /** A box: its four characters and its content. */
    record Box(String type, ByteBuffer content) {}

    static Boxes of(byte[] file) {
        return new Boxes(ByteBuffer.wrap(file));
    }

    /** The boxes at this level, in order. */
    List<Box> all() {
        List<Box> boxes = new ArrayList<>();
        int at = 0;
        while (at + 8 <= data.limit()) {
            long size = Integer.toUnsignedLong(data.getInt(at));
            int head = 8;
            if (size == 1 && at + 16 <= data.limit()) {
                size = data.getLong(at + 8);
                head = 16;
            } else if (size == 0) {
                size = (long) data.limit() - at;
            }
            if (size < head || size > data.limit() - at) {
                throw new MalformedMediaException("a box of " + size + " bytes at " + at + " of " + data.limit());
            }
            byte[] type = new byte[4];
            data.get(at + 4, type);
            boxes.add(new Box(new String(type, StandardCharsets.ISO_8859_1), data.slice(at + head, (int) size - head)));
            at += (int) size;
        }
        if (at < data.limit()) {
            throw new MalformedMediaException("half a box at " + at + " of " + data.limit());
        }
        return boxes;
    }

    /** The first box along a path of types, if it is there. */
    Optional<ByteBuffer> find(String... path) {
        ByteBuffer here = data;
        for (String type : path) {
            Optional<ByteBuffer> next = new Boxes(here)
                    .all().stream()
                            .filter(box -> box.type().equals(type))
                            .map(Box::content)
                            .findFirst();
            if (next.isEmpty()) {
                return next;
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    /** The boxes within the one along a path. */
    Boxes needed(String... path) {
        return new Boxes(need(path));
    }

    /** @throws MalformedMediaException when it is not there */
    ByteBuffer need(String... path) {
        return find(path).orElseThrow(() -> new MalformedMediaException("no box " + String.join("/", path)));
    }
}
