package dev.rivulet.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts by name and addresses by range that an operator permits. */
public final class AllowedHosts {
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

    private final Set<String> names = new HashSet<>();
    private final List<NetworkRange> ranges = new ArrayList<>();

    /** @throws IllegalArgumentException for what is neither a name nor a range */
    public AllowedHosts(List<String> entries) {
        for (String entry : entries) {
            NetworkRange.parse(entry).ifPresentOrElse(ranges::add, () -> names.add(name(entry)));
        }
    }

    /** Whether a host, by its name, or one address of it is permitted. */
    public boolean permits(String host, InetAddress address) {
        return names.contains(host.toLowerCase(Locale.ROOT))
                || ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String name(String entry) {
        if (!NAME.matcher(entry).matches()) {
            throw new IllegalArgumentException("neither a host nor a range of addresses: " + entry);
        }
        return entry.toLowerCase(Locale.ROOT);
    }
}
