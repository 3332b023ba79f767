package dev.rivulet.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** MP4 and QuickTime files written by hand, to say what no honest writer says. */
public final class BoxFile {
    private BoxFile() {}

    /** A box of type and payload. */
    public static byte[] box(String type, byte[]... payload) {
        byte[] content = join(payload);
        return join(number(4, content.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), content);
    }

    /** A big-endian number of so many bytes. */
    public static byte[] number(int bytes, long value) {
        byte[] all = ByteBuffer.allocate(8).putLong(value).array();
        return Arrays.copyOfRange(all, 8 - bytes, 8);
    }

    /** Some bytes of zero. */
    public static byte[] zeros(int count) {
        return new byte[count];
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Where a box of this type begins among those between two offsets; the last one of its type. */
    public static int find(byte[] file, int from, int to, String type) {
        int found = -1;
        for (int at = from; at + 8 <= to; at += size(file, at)) {
            if (new String(file, at + 4, 4, StandardCharsets.ISO_8859_1).equals(type)) {
                found = at;
            }
        }
        return found;
    }

    public static int size(byte[] file, int box) {
        return ByteBuffer.wrap(file).getInt(box);
    }

    /** A QuickTime film of one picture track in raw RGB whose samples are in another file. */
    public static byte[] filmElsewhere(String path, int width, int height) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        // Apple's alias record: fixed fields, then type, length and text; type 2 is an absolute path.
        byte[] alias = box(
                "alis",
                zeros(4 + 10 + 1 + 27 + 12 + 1 + 63 + 16 + 4 + 16),
                number(2, 2),
                number(2, name.length),
                name,
                zeros(name.length % 2),
                number(2, 0xffff),
                zeros(2));
        byte[] description = box(
                "raw ",
                zeros(6),
                number(2, 1),
                zeros(16),
                number(2, width),
                number(2, height),
                number(4, 72 << 16),
                number(4, 72 << 16),
                zeros(4),
                number(2, 1),
                zeros(32),
                number(2, 24),
                number(2, -1));
        int frames = 50;
        byte[] samples = box(
                "stbl",
                box("stsd", zeros(4), number(4, 1), description),
                box("stts", zeros(4), number(4, 1), number(4, frames), number(4, 1)),
                box("stsc", zeros(4), number(4, 1), number(4, 1), number(4, frames), number(4, 1)),
                box("stsz", zeros(4), number(4, 3L * width * height), number(4, frames)),
                box("stco", zeros(4), number(4, 1), number(4, 0)));
        byte[] media = box(
                "mdia",
                box("mdhd", zeros(12), number(4, 25), number(4, frames), zeros(4)),
                box("hdlr", zeros(4), "mhlrvide".getBytes(StandardCharsets.ISO_8859_1), zeros(13)),
                box(
                        "minf",
                        box("vmhd", number(4, 1), zeros(8)),
                        box("dinf", box("dref", zeros(4), number(4, 1), alias)),
                        samples));
        byte[] track = box(
                "trak",
                box(
                        "tkhd",
                        number(4, 15),
                        zeros(8),
                        number(4, 1),
                        zeros(4),
                        number(4, frames),
                        zeros(16),
                        matrix(),
                        number(4, (long) width << 16),
                        number(4, (long) height << 16)),
                media);
        byte[] head = box("mvhd", zeros(12), number(4, 25), number(4, frames), number(4, 1 << 16), zeros(12), matrix());
        byte[] rest = join(zeros(24), number(4, 2));
        byte[] movieHead = join(number(4, head.length + rest.length), Arrays.copyOfRange(head, 4, head.length), rest);
        return join(box("ftyp", "qt  ".getBytes(StandardCharsets.ISO_8859_1), zeros(4)), box("moov", movieHead, track));
    }

    private static byte[] matrix() {
        return join(List.of(1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30).stream()
                .map(each -> number(4, each))
                .toArray(byte[][]::new));
    }
}
