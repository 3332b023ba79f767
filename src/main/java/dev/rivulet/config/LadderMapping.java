package dev.rivulet.config;

import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ladder, from the YAML lists or from their one-line forms. Rows that are switched off are left out. */
final class LadderMapping {
    private static final String QUALITIES = "ladder.qualities";
    private static final String TIERS = "ladder.tiers";
    private static final List<String> COLUMNS =
            List.of("name", "width", "height", "preset", "crf", "maxrate", "bufsize", "audio", "enabled");
    private static final List<String> PRESETS =
            List.of("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow");
    private static final int MAX_SIDE = 16_384;
    private static final int MAX_KBIT = 1_000_000;

    private final Values in;
    private final List<String> problems;

    LadderMapping(Values in, List<String> problems) {
        this.in = in;
        this.problems = problems;
    }

    LadderSpec ladder() {
        List<Map<String, String>> rows = rows();
        Set<String> known = new HashSet<>();
        List<Quality> qualities = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            Quality quality = quality(QUALITIES + "[" + i + "]", row);
            if (!known.add(quality.name())) {
                problems.add(QUALITIES + "[" + i + "].name: must be unique, found '" + quality.name() + "' again");
            }
            if ("true".equals(row.get("enabled"))) {
                qualities.add(quality);
            }
        }
        if (qualities.isEmpty()) {
            in.problem(QUALITIES, "a list with at least one enabled quality", 0);
        }
        return new LadderSpec(qualities, tiers(known, qualities));
    }

    private Quality quality(String path, Map<String, String> row) {
        Set<String> strange = new TreeSet<>(row.keySet());
        COLUMNS.forEach(strange::remove);
        strange.forEach(column -> problems.add(path + "." + column + ": unknown setting"));
        String name = row.getOrDefault("name", "");
        // The name is a folder and a part of an address.
        check(name.matches("[A-Za-z0-9_-]{1,32}"), path, "name", "1 to 32 letters, digits, - or _", name);
        String preset = row.getOrDefault("preset", "");
        check(PRESETS.contains(preset), path, "preset", "one of " + String.join(", ", PRESETS), preset);
        String enabled = row.getOrDefault("enabled", "");
        check(enabled.matches("true|false"), path, "enabled", "true or false", enabled);
        return new Quality(
                name,
                even(path, row, "width"),
                even(path, row, "height"),
                preset,
                number(path, row, "crf", 51),
                kbit(path, row, "maxrate"),
                kbit(path, row, "bufsize"),
                kbit(path, row, "audio"));
    }

    private List<List<String>> tiers(Set<String> known, List<Quality> qualities) {
        Set<String> enabled = qualities.stream().map(Quality::name).collect(Collectors.toSet());
        List<List<String>> tiers = rawTiers();
        List<String> named = tiers.stream().flatMap(List::stream).toList();
        named.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(TIERS + ": must name qualities of the ladder, found '" + name + "'"));
        enabled.stream()
                .filter(name -> Collections.frequency(named, name) != 1)
                .sorted()
                .forEach(name -> problems.add(TIERS + ": must name each enabled quality once, found '" + name + "' "
                        + Collections.frequency(named, name) + " times"));
        return tiers.stream()
                .map(tier -> tier.stream().filter(enabled::contains).toList())
                .filter(tier -> !tier.isEmpty())
                .toList();
    }

    private List<Map<String, String>> rows() {
        Object value = in.list(QUALITIES).value();
        List<Map<String, String>> rows = new ArrayList<>();
        if (value instanceof String line) {
            parts(line, ";").forEach(row -> rows.add(rowOf(parts(row, "\\s+"))));
            return rows;
        }
        if (value instanceof List<?> list && list.stream().allMatch(item -> item instanceof Map<?, ?>)) {
            list.forEach(item -> {
                Map<String, String> row = new HashMap<>();
                ((Map<?, ?>) item).forEach((column, cell) -> row.put(String.valueOf(column), String.valueOf(cell)));
                rows.add(row);
            });
            return rows;
        }
        return in.problem(QUALITIES, "a list of qualities", rows);
    }

    /** {@code 144p 256x144 ultrafast 35 100k 200k 48k on} as a row of named cells. */
    private static Map<String, String> rowOf(List<String> words) {
        List<String> cells = new ArrayList<>(words);
        if (cells.size() > 1 && cells.get(1).matches("\\d+x\\d+")) {
            cells.addAll(1, List.of(cells.remove(1).split("x", 2)));
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(i < COLUMNS.size() ? COLUMNS.get(i) : "column " + (i + 1), cells.get(i));
        }
        row.computeIfPresent("enabled", (column, cell) -> switch (cell) {
            case "on" -> "true";
            case "off" -> "false";
            default -> cell;
        });
        return row;
    }

    private List<List<String>> rawTiers() {
        Object value = in.list(TIERS).value();
        if (value instanceof String line) {
            return parts(line, ";").stream().map(tier -> parts(tier, "[\\s,]+")).toList();
        }
        if (value instanceof List<?> list && list.stream().allMatch(item -> item instanceof List<?>)) {
            return list.stream()
                    .map(tier -> ((List<?>) tier).stream().map(String::valueOf).toList())
                    .toList();
        }
        return in.problem(TIERS, "a list of lists of names", List.of());
    }

    private int even(String path, Map<String, String> row, String column) {
        int side = number(path, row, column, MAX_SIDE);
        check(side > 0 && side % 2 == 0, path, column, "an even number from 2 to " + MAX_SIDE, row.get(column) + "");
        return side;
    }

    private int number(String path, Map<String, String> row, String column, int max) {
        String cell = row.getOrDefault(column, "");
        boolean fits = cell.matches("\\d{1,9}") && Integer.parseInt(cell) <= max;
        check(fits, path, column, "a whole number from 0 to " + max, cell);
        return fits ? Integer.parseInt(cell) : 2;
    }

    private int kbit(String path, Map<String, String> row, String column) {
        String cell = row.getOrDefault(column, "");
        OptionalLong rate = Quantities.kbit(cell);
        boolean fits = rate.isPresent() && rate.getAsLong() >= 1 && rate.getAsLong() <= MAX_KBIT;
        check(fits, path, column, "a bitrate from 1k to " + MAX_KBIT + "k", cell);
        return fits ? (int) rate.getAsLong() : 1;
    }

    private void check(boolean fits, String path, String column, String allowed, String found) {
        if (!fits) {
            problems.add(path + "." + column + ": must be " + allowed + ", found '" + found + "' ("
                    + in.list(QUALITIES).origin() + ")");
        }
    }

    private static List<String> parts(String line, String separator) {
        return Arrays.stream(line.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
