package dev.rivulet.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file that no reader accepts was meant to be, by its first bytes: a broken video or no video at all. */
public final class FileSignature {
    /** Bytes that {@link #container} wants to see. */
    public static final int LENGTH = 16;

    private FileSignature() {}

    /** Name of the container that the bytes begin like, for people. */
    public static Optional<String> container(byte[] head) {
        if (at(head, 4, "ftyp") || at(head, 4, "moov") || at(head, 4, "mdat") || at(head, 4, "wide")) {
            return at(head, 8, "avif") || at(head, 8, "heic") || at(head, 8, "mif1")
                    ? Optional.empty()
                    : Optional.of("MP4");
        }
        if (at(head, 0, new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3})) {
            return Optional.of("Matroska or WebM");
        }
        if (at(head, 0, "RIFF") && at(head, 8, "AVI ")) {
            return Optional.of("AVI");
        }
        if (at(head, 0, "FLV")) {
            return Optional.of("Flash video");
        }
        if (at(head, 0, "OggS")) {
            return Optional.of("Ogg");
        }
        return Optional.empty();
    }

    private static boolean at(byte[] head, int offset, String text) {
        return at(head, offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean at(byte[] head, int offset, byte[] wanted) {
        return head.length >= offset + wanted.length
                && Arrays.equals(head, offset, offset + wanted.length, wanted, 0, wanted.length);
    }
}
