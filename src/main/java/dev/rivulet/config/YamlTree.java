package dev.rivulet.config;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as it was written: every scalar stays text, so that {@code 00123} is not 83 and {@code off} is not false. */
final class YamlTree {
    private YamlTree() {}

    /** Maps of text, lists and maps; empty for an empty text. What cannot be read is added to the problems. */
    static Map<String, Object> parse(String text, String origin, List<String> problems) {
        LoaderOptions loading = new LoaderOptions();
        loading.setAllowDuplicateKeys(false);
        DumperOptions dumping = new DumperOptions();
        Yaml yaml = new Yaml(
                new SafeConstructor(loading), new Representer(dumping), dumping, loading, new EverythingIsText());
        try {
            Object tree = yaml.load(text);
            if (tree instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked") // keys are scalars, hence text
                Map<String, Object> typed = (Map<String, Object>) map;
                return typed;
            }
            if (tree != null) {
                problems.add(origin + ": must be a tree of settings, found "
                        + tree.getClass().getSimpleName());
            }
        } catch (MarkedYAMLException e) {
            problems.add(origin + ": not YAML: " + e.getProblem() + " in line "
                    + (e.getProblemMark() == null ? "?" : e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            problems.add(origin + ": not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return Map.of();
    }

    private static final class EverythingIsText extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: no scalar is read as a number, a switch, a time or nothing.
        }
    }
}
