package dev.rivulet.upload.link;

import dev.rivulet.config.NetworkRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells public addresses from those that mean this machine, its networks, or nobody (IANA's special-purpose registries, RFC
 * 6890). An address of IPv6 that carries one of IPv4 is as public as that one.
 */
final class PublicAddresses {
    private static final List<NetworkRange> NOT_PUBLIC = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by the customers of a carrier
            "127.0.0.0/8", // this machine
            "169.254.0.0/16", // link-local; the metadata of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "3fff::/20"); // documentation

    /** All that is given out to the public in IPv6. */
    private static final NetworkRange GLOBAL = NetworkRange.of("2000::/3");

    private static final NetworkRange NAT64 = NetworkRange.of("64:ff9b::/96");
    private static final NetworkRange SIX_TO_FOUR = NetworkRange.of("2002::/16");
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private PublicAddresses() {}

    static boolean has(InetAddress address) {
        boolean global = address.getAddress().length == 4
                || GLOBAL.contains(address)
                || NAT64.contains(address)
                || mapped(address.getAddress());
        return global
                && NOT_PUBLIC.stream().noneMatch(range -> range.contains(address))
                && carried(address).map(PublicAddresses::has).orElse(true);
    }

    /** The address of IPv4 inside: mapped (RFC 4291), behind NAT64 (RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214). */
    private static Optional<InetAddress> carried(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return Optional.empty();
        }
        boolean isatap =
                (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && (bytes[10] & 0xff) == 0x5e && (bytes[11] & 0xff) == 0xfe;
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(four(bytes, 2));
        } else if (NAT64.contains(address) || isatap || mapped(bytes)) {
            return Optional.of(four(bytes, 12));
        }
        return Optional.empty();
    }

    private static boolean mapped(byte[] bytes) {
        return bytes.length == 16 && Arrays.equals(bytes, 0, 12, MAPPED, 0, 12);
    }

    private static InetAddress four(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<NetworkRange> ranges(String... texts) {
        return Stream.of(texts).map(NetworkRange::of).toList();
    }
}
