package dev.rivulet.media;

import java.util.Optional;

/** What the first bytes of an MPEG transport stream look like (ISO/IEC 13818-1, 2.4.3.2). */
public final class TransportHead {
    private static final byte SYNC = 0x47;
    private static final int PACKETS = 5;
    /** On discs, and by cameras, each packet has four bytes of clock before it. */
    private static final int CLOCK = 4;

    private static final int PACKET = 188;

    private TransportHead() {}

    /** Bytes from one packet to the next; empty when it is no such stream, or not enough of it is there. */
    public static Optional<Integer> packet(MovieHead.Bytes file) {
        byte[] head = file.at(0, PACKETS * (PACKET + CLOCK)).orElse(new byte[0]);
        if (synced(head, 0, PACKET)) {
            return Optional.of(PACKET);
        }
        return synced(head, CLOCK, PACKET + CLOCK) ? Optional.of(PACKET + CLOCK) : Optional.empty();
    }

    private static boolean synced(byte[] head, int first, int packet) {
        for (int i = 0; i < PACKETS; i++) {
            if (first + i * packet >= head.length || head[first + i * packet] != SYNC) {
                return false;
            }
        }
        return true;
    }
}
