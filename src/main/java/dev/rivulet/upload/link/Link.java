package dev.rivulet.upload.link;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file is fetched from. Path and query are secrets, as they may be signed: {@link #toString} leaves them out.
 *
 * @param tls whether it is https
 * @param host a name in ASCII, or an address; one of IPv6 without its brackets
 * @param target path and query as they are sent
 */
public record Link(boolean tls, String host, int port, String target) {
    private static final int LONGEST = 4096;
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([\\p{L}\\p{N}_.-]{1,253}))(?::(\\d{0,5}))?");
    /** What people and servers write though RFC 3986 wants it encoded. */
    private static final Pattern LOOSE = Pattern.compile("[ \"<>\\\\^`{|}]");

    /** A link as somebody wrote it; empty when it is none that can be fetched: not http or https, or with a password. */
    public static Optional<Link> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return of(new URI(encoded(text.strip())));
        } catch (URISyntaxException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Where a redirect from here leads (RFC 9110, 10.2.2); empty as for {@link #parse}. */
    public Optional<Link> resolve(String location) {
        if (location.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String reference = encoded(location.strip());
            // RFC 3986, 5.2.2; java.net.URI follows an older one, which loses the last part of the path.
            return of(
                    reference.startsWith("?")
                            ? new URI(root() + path() + reference)
                            : new URI(root() + target).resolve(reference));
        } catch (URISyntaxException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** What the link calls its file, decoded; the host when the path names none. */
    public String fileName() {
        String name = path().substring(path().lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            return host;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }

    /** The host as it stands in an address. */
    public String writtenHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return root();
    }

    private String root() {
        boolean usual = port == (tls ? 443 : 80);
        return (tls ? "https://" : "http://") + writtenHost() + (usual ? "" : ":" + port);
    }

    private String path() {
        return target.split("\\?", 2)[0];
    }

    private static Optional<Link> of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        if (!scheme.matches("https?") || uri.isOpaque() || !authority.matches()) {
            return Optional.empty();
        }
        boolean tls = scheme.equals("https");
        String name = authority.group(2);
        String host = name == null ? authority.group(1) : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        String digits = authority.group(3);
        int port = digits == null || digits.isEmpty() ? (tls ? 443 : 80) : Integer.parseInt(digits);
        if (host.isEmpty() || host.startsWith(".") || port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return Optional.of(new Link(tls, host.toLowerCase(Locale.ROOT), port, ascii(target)));
    }

    private static String encoded(String text) {
        return LOOSE.matcher(text)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }

    private static String ascii(String target) {
        StringBuilder sent = new StringBuilder();
        for (byte value : target.getBytes(StandardCharsets.UTF_8)) {
            sent.append(value >= 0 ? String.valueOf((char) value) : "%%%02X".formatted(value & 0xff));
        }
        return sent.toString();
    }
}
