package dev.rivulet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Settings from one source, each with the place it was found in. A value is a String or, for a list of the YAML, a List.
 *
 * @param values by dotted key, such as {@code http.port}
 */
record Layer(Map<String, Found> values) {
    private static final String PROPERTY_PREFIX = "rivulet.";
    private static final String VARIABLE_PREFIX = "RIVULET_";

    /** Names the file; the only variable of our prefix that is no setting. */
    static final String FILE_VARIABLE = "RIVULET_CONFIG";

    /** A raw value and the place to name in errors. */
    record Found(Object value, String origin) {}

    /** From the tree of a YAML text. */
    static Layer ofTree(Map<String, Object> tree, String origin) {
        Map<String, Found> values = new LinkedHashMap<>();
        flatten("", tree, origin, values);
        return new Layer(values);
    }

    /** From the system properties that begin with {@code rivulet.}; others are not ours. */
    static Layer ofProperties(Map<String, String> properties) {
        Map<String, Found> values = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(PROPERTY_PREFIX)) {
                values.put(
                        name.substring(PROPERTY_PREFIX.length()), new Found(value.strip(), "system property " + name));
            }
        });
        return new Layer(values);
    }

    /**
     * From the environment variables that begin with {@code RIVULET_}. Names that stand for none of the known keys are
     * added to the problems.
     */
    static Layer ofEnvironment(Map<String, String> environment, Iterable<String> knownKeys, List<String> problems) {
        Map<String, String> keyOf = new LinkedHashMap<>();
        knownKeys.forEach(key -> keyOf.put(variable(key), key));
        Map<String, Found> values = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        environment.forEach((name, value) -> {
            String key = keyOf.get(name);
            if (key != null) {
                values.put(key, new Found(value.strip(), "environment variable " + name));
            } else if (name.startsWith(VARIABLE_PREFIX) && !name.equals(FILE_VARIABLE)) {
                unknown.add(name);
            }
        });
        for (String name : unknown) {
            String near = keyOf.keySet().stream()
                    .filter(candidate -> candidate.replace("_", "").equals(name.replace("_", "")))
                    .map(candidate -> ", perhaps " + candidate + " is meant")
                    .findFirst()
                    .orElse("");
            problems.add(name + ": unknown environment variable" + near);
        }
        return new Layer(values);
    }

    /** The environment variable of a key: {@code upload.maxBytes} is {@code RIVULET_UPLOAD_MAX_BYTES}. */
    static String variable(String key) {
        return VARIABLE_PREFIX
                + key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }

    /** This layer with the other laid over it. Keys that this one does not have are added to the problems. */
    Layer overlaidBy(Layer upper, List<String> problems) {
        Map<String, Found> merged = new LinkedHashMap<>(values);
        upper.values.forEach((key, found) -> {
            if (values.containsKey(key)) {
                merged.put(key, found);
            } else {
                problems.add(key + ": unknown setting (" + found.origin() + ")");
            }
        });
        return new Layer(merged);
    }

    private static void flatten(String prefix, Map<?, ?> tree, String origin, Map<String, Found> into) {
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                flatten(prefix + name + ".", nested, origin, into);
            } else {
                into.put(prefix + name, new Found(value, origin));
            }
        });
    }
}
