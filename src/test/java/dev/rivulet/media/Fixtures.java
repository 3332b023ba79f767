package dev.rivulet.media;

import dev.rivulet.testing.Golden;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Real initialization and media segments, and how to spoil them. {@code golden/fragments/make.sh} made them. */
final class Fixtures {
    static final byte[] PICTURE_INIT = Golden.bytes("fragments/picture/init.mp4");
    static final byte[] PICTURE_0 = Golden.bytes("fragments/picture/seg_00000.m4s");
    static final byte[] PICTURE_1 = Golden.bytes("fragments/picture/seg_00001.m4s");
    static final byte[] SOUND_INIT = Golden.bytes("fragments/sound/init.mp4");
    static final byte[] SOUND_0 = Golden.bytes("fragments/sound/seg_00000.m4s");
    static final byte[] SOUND_1 = Golden.bytes("fragments/sound/seg_00001.m4s");

    private Fixtures() {}

    static byte[] box(String type, byte[]... contents) {
        byte[] content = concat(contents);
        return concat(ByteBuffer.allocate(4).putInt(8 + content.length).array(), ascii(type), content);
    }

    /** The same box with its size in 64 bits. */
    static byte[] large(String type, byte[] content) {
        return concat(
                ints(1),
                ascii(type),
                ByteBuffer.allocate(8).putLong(16L + content.length).array(),
                content);
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        Arrays.stream(values).forEach(bytes::putInt);
        return bytes.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    /** Where {@code type} stands in a file. */
    static int find(byte[] file, String type) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
        if (at < 4) {
            throw new IllegalArgumentException("no " + type);
        }
        return at;
    }

    /** A copy with {@code value} written {@code offset} bytes after the beginning of the type. */
    static byte[] with(byte[] file, String type, int offset, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).putInt(find(file, type) + offset, value);
        return copy;
    }

    /** A copy in which a box has another name. */
    static byte[] renamed(byte[] file, String type, String other) {
        byte[] copy = file.clone();
        System.arraycopy(ascii(other), 0, copy, find(file, type), 4);
        return copy;
    }
}
