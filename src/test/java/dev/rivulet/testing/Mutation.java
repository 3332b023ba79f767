package dev.rivulet.testing;

import java.util.Arrays;
import java.util.Random;

/** Damage as files meet it: flipped bits, cut ends, blocks that were swapped, lost or doubled. Told by its seed. */
public record Mutation(long seed) {
    private static final int LARGEST_BLOCK = 4096;

    /** The damaged bytes; never longer than twice the good ones. */
    public byte[] of(byte[] good) {
        Random random = new Random(seed);
        byte[] bytes = good.clone();
        int kinds = 1 + random.nextInt(2);
        for (int i = 0; i < kinds && bytes.length > 1; i++) {
            bytes = switch (random.nextInt(6)) {
                case 0 -> flipped(bytes, random, bytes.length);
                // Headers decide what is read how.
                case 1 -> flipped(bytes, random, Math.min(bytes.length, LARGEST_BLOCK));
                case 2 -> Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
                case 3 -> swapped(bytes, random);
                case 4 -> zeroed(bytes, random);
                default -> inserted(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, Random random, int reach) {
        int flips = 1 + random.nextInt(64);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] swapped(byte[] bytes, Random random) {
        int length = 1 + random.nextInt(Math.min(LARGEST_BLOCK, bytes.length / 2));
        int a = random.nextInt(bytes.length - length + 1);
        int b = random.nextInt(bytes.length - length + 1);
        byte[] block = Arrays.copyOfRange(bytes, a, a + length);
        System.arraycopy(bytes.clone(), b, bytes, a, length);
        System.arraycopy(block, 0, bytes, b, length);
        return bytes;
    }

    private static byte[] zeroed(byte[] bytes, Random random) {
        int length = 1 + random.nextInt(Math.min(LARGEST_BLOCK, bytes.length));
        int a = random.nextInt(bytes.length - length + 1);
        Arrays.fill(bytes, a, a + length, (byte) 0);
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, Random random) {
        int length = 1 + random.nextInt(Math.min(LARGEST_BLOCK, bytes.length));
        int from = random.nextInt(bytes.length - length + 1);
        int at = random.nextInt(bytes.length + 1);
        byte[] more = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, more, at + length, bytes.length - at);
        System.arraycopy(bytes, from, more, at, length);
        return more;
    }
}
