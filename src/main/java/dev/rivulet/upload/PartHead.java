package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of one part of a form (RFC 7578, 4.2).
 *
 * @param name of the field
 * @param fileName as the client wrote it, null for parts that are no file
 */
record PartHead(String name, @Nullable String fileName) {
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z]+\\*?)\\s*=\\s*(?:\"((?:\\\\[\"\\\\]|[^\"])*)\"|([^;\\s]*))");

    /**
     * @param lines header lines, separated by CRLF
     * @throws Fault when there is no field name
     */
    static PartHead parse(String lines) {
        for (String line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("Content-Disposition")) {
                return disposition(line.substring(colon + 1));
            }
        }
        throw new Fault(400, "bad_multipart", "A part of the form has no Content-Disposition.");
    }

    private static PartHead disposition(String value) {
        String name = null;
        String fileName = null;
        String extended = null;
        Matcher parameter = PARAMETER.matcher(value);
        while (parameter.find()) {
            String text = parameter.group(2) == null
                    ? parameter.group(3)
                    : parameter.group(2).replaceAll("\\\\([\"\\\\])", "$1");
            switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
                case "name" -> name = text;
                // The encoding of browsers: https://html.spec.whatwg.org/#multipart-form-data
                case "filename" -> fileName = text.replace("%22", "\"").replaceAll("%0[DA]", " ");
                case "filename*" -> extended = extended(text);
                default -> {}
            }
        }
        if (name == null || name.isEmpty()) {
            throw new Fault(400, "bad_multipart", "A part of the form has no name.");
        }
        return new PartHead(name, extended == null ? fileName : extended);
    }

    /** RFC 8187; RFC 7578 forbids it in forms, some clients send it nevertheless. */
    private static @Nullable String extended(String text) {
        if (!text.regionMatches(true, 0, "UTF-8'", 0, 6) || text.indexOf('\'', 6) < 0) {
            return null;
        }
        try {
            String encoded = text.substring(text.indexOf('\'', 6) + 1).replace("+", "%2B");
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
