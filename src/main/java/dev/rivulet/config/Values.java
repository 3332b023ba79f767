package dev.rivulet.config;

import dev.rivulet.config.Layer.Found;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Typed reading of raw settings. What cannot be read becomes a problem and some harmless value is returned, so that one
 * pass finds every problem; whoever reads must look at the problems before using the values.
 */
final class Values {
    private final Layer layer;
    private final List<String> problems;

    Values(Layer layer, List<String> problems) {
        this.layer = layer;
        this.problems = problems;
    }

    /** Any text, empty included. */
    String text(String key) {
        return raw(key, "a text").orElse("");
    }

    Secret secret(String key) {
        return new Secret(text(key));
    }

    boolean flag(String key) {
        return choice(key, List.of("true", "false")).equals("true");
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String name = choice(
                key,
                Arrays.stream(constants)
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    int whole(String key, int min, int max) {
        return (int) whole(key, (long) min, max);
    }

    long whole(String key, long min, long max) {
        String allowed = "a whole number from " + min + " to " + max;
        String text = raw(key, allowed).orElse("");
        if (text.matches("-?\\d{1,18}")) {
            return inRange(key, Long.parseLong(text), min, max, allowed);
        }
        return problem(key, allowed, min);
    }

    /** Bytes. */
    long size(String key, long min, long max) {
        String allowed = "a size from " + Quantities.show(min) + " to " + Quantities.show(max);
        OptionalLong size = Quantities.size(raw(key, allowed).orElse(""));
        return size.isPresent() ? inRange(key, size.getAsLong(), min, max, allowed) : problem(key, allowed, min);
    }

    Duration duration(String key, Duration min, Duration max) {
        String allowed = "a duration from " + Quantities.show(min) + " to " + Quantities.show(max);
        Optional<Duration> duration = Quantities.duration(raw(key, allowed).orElse(""));
        if (duration.isPresent()
                && duration.get().compareTo(min) >= 0
                && duration.get().compareTo(max) <= 0) {
            return duration.get();
        }
        return problem(key, allowed, min);
    }

    /** Absolute and normal; empty for an empty text. */
    Optional<Path> path(String key) {
        String text = raw(key, "a path").orElse("");
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return problem(key, "a path", Optional.empty());
        }
    }

    /** An address that begins with one of the schemes, or an empty text. */
    String url(String key, String form, String... schemes) {
        String text = text(key);
        boolean fits = text.isEmpty()
                || Arrays.stream(schemes).anyMatch(scheme -> text.matches(scheme + "://[^/\\s]+(/[^\\s]*)?"));
        return fits ? text : problem(key, "empty or of the form " + form, "");
    }

    /** Hosts and ranges of addresses: a list, or one line with commas or blanks between them. */
    AllowedHosts hosts(String key) {
        Object value = found(key).value();
        List<String> entries = value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : Arrays.stream(String.valueOf(value).split("[\\s,;]+"))
                        .filter(entry -> !entry.isEmpty())
                        .toList();
        try {
            return new AllowedHosts(entries);
        } catch (IllegalArgumentException e) {
            return problem(
                    key, "a list of hosts, addresses and ranges such as 10.0.0.0/8", new AllowedHosts(List.of()));
        }
    }

    /** The raw value of a list: text in the one-line form, or what the YAML held. */
    Found list(String key) {
        return found(key);
    }

    /** Adds a problem that concerns this key, its value hidden if it is secret. */
    <T> T problem(String key, String allowed, T instead) {
        Found found = found(key);
        String shown = key.endsWith("password") ? "a hidden value" : "'" + Secret.masked(found.value() + "") + "'";
        problems.add(key + ": must be " + allowed + ", found " + shown + " (" + found.origin() + ")");
        return instead;
    }

    private String choice(String key, List<String> allowed) {
        String text = raw(key, "one of " + allowed).orElse("");
        return allowed.contains(text)
                ? text
                : problem(key, allowed.stream().collect(Collectors.joining(", ", "one of ", "")), allowed.get(0));
    }

    private long inRange(String key, long value, long min, long max, String allowed) {
        return value >= min && value <= max ? value : problem(key, allowed, min);
    }

    private Optional<String> raw(String key, String allowed) {
        if (found(key).value() instanceof String text) {
            return Optional.of(text);
        }
        return problem(key, allowed, Optional.empty());
    }

    private Found found(String key) {
        Found found = layer.values().get(key);
        if (found == null) {
            throw new IllegalStateException("no default for " + key + " in settings.yaml");
        }
        return found;
    }
}
