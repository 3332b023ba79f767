package dev.rivulet.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and bitrates as people write them. */
final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})([A-Za-z]*)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
    private static final Map<String, Long> KBIT = Map.of("k", 1L);

    private Quantities() {}

    /** {@code 500ms}, {@code 15s}, {@code 5m}, {@code 12h}; empty when it is none. */
    static Optional<Duration> duration(String text) {
        OptionalLong millis = times(text, MILLIS);
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    /** Bytes of {@code 4096}, {@code 64KiB}, {@code 20GiB}; empty when it is none. */
    static OptionalLong size(String text) {
        return times(text, BYTES);
    }

    /** kbit/s of {@code 100k}; empty when it is none. */
    static OptionalLong kbit(String text) {
        return times(text, KBIT);
    }

    /** A duration as it would be written in the settings. */
    static String show(Duration duration) {
        return show(duration.toMillis(), "ms", 1_000, "s", 60, "m", 60, "h");
    }

    /** A size as it would be written in the settings. */
    static String show(long bytes) {
        return show(bytes, " bytes", 1_024, "KiB", 1_024, "MiB", 1_024, "GiB", 1_024, "TiB");
    }

    private static String show(long amount, String unit, Object... factorsAndUnits) {
        long rest = amount;
        String best = unit;
        for (int i = 0; i < factorsAndUnits.length && rest != 0; i += 2) {
            int factor = (Integer) factorsAndUnits[i];
            if (rest % factor != 0) {
                break;
            }
            rest /= factor;
            best = (String) factorsAndUnits[i + 1];
        }
        return rest + best;
    }

    private static OptionalLong times(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
        } catch (ArithmeticException e) {
            return OptionalLong.empty(); // larger than any limit
        }
    }
}
