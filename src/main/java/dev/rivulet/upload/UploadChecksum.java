package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a client says that the bytes of a request add up to (tus, checksum).
 *
 * @param expected in base64
 */
record UploadChecksum(Algorithm algorithm, String expected) {
    /** By their names in the protocol. */
    enum Algorithm {
        SHA1,
        SHA256,
        /** Four bytes, the highest first. */
        CRC32;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A sum that grows. */
    interface Sum {
        void add(ByteBuffer bytes);

        /** To be asked once. */
        byte[] value();
    }

    /** All names, as the protocol lists them. */
    static String algorithms() {
        return Arrays.stream(Algorithm.values()).map(Algorithm::word).collect(Collectors.joining(","));
    }

    /** @throws Fault when the header is none, or names an algorithm that is not known */
    static UploadChecksum parse(String header) {
        String[] words = header.strip().split(" +");
        Algorithm algorithm = Arrays.stream(Algorithm.values())
                .filter(known -> known.word().equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        400, "unsupported_checksum", "Upload-Checksum must name one of " + algorithms() + "."));
        try {
            byte[] value = Base64.getDecoder().decode(words.length == 2 ? words[1] : "");
            if (value.length == new UploadChecksum(algorithm, "").begin().value().length) {
                return new UploadChecksum(algorithm, Base64.getEncoder().encodeToString(value));
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below.
        }
        throw new Fault(
                400,
                "invalid_checksum",
                "Upload-Checksum must be an algorithm, a space, and a value of its length in base64.");
    }

    /** Begins to add up. */
    Sum begin() {
        return switch (algorithm) {
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
            case CRC32 -> crc32();
        };
    }

    boolean matches(Sum sum) {
        return Base64.getEncoder().encodeToString(sum.value()).equals(expected);
    }

    private static Sum digest(String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has them
        }
        return new Sum() {
            @Override
            public void add(ByteBuffer bytes) {
                digest.update(bytes);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    private static Sum crc32() {
        CRC32 crc = new CRC32();
        return new Sum() {
            @Override
            public void add(ByteBuffer bytes) {
                crc.update(bytes);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array();
            }
        };
    }
}
