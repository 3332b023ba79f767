package dev.rivulet.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, of IPv4 or of IPv6 (RFC 4632, RFC 4291 2.3). No name is ever looked up for it.
 *
 * @param base its first address
 * @param bits that all of its addresses have in common
 */
public record NetworkRange(InetAddress base, int bits) {
    /** Names are no addresses: they are looked up, and these letters keep that from happening here. */
    private static final Pattern TEXT =
            Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** {@code 10.0.0.0/8}, {@code fc00::/7}, or one address; empty when it is none. */
    public static Optional<NetworkRange> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress base = InetAddress.getByName(parts.group(1));
            int all = base.getAddress().length * Byte.SIZE;
            int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
            return bits <= all ? Optional.of(new NetworkRange(base, bits)) : Optional.empty();
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    /**
     * The same for what is known to be one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static NetworkRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no range of addresses: " + text));
    }

    /** Whether an address is one of these; never of the other family. */
    public boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
