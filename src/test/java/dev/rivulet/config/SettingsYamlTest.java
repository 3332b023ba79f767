package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.LadderSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The annotated file is the reference: it holds every setting, none else, and says something about each. */
class SettingsYamlTest {
    @Test
    void keysAreTheComponentsOfTheRecords() {
        List<String> problems = new ArrayList<>();
        Layer defaults = Layer.ofTree(YamlTree.parse(SettingsLoader.defaults(), "", problems), "");

        assertThat(problems).isEmpty();
        assertThat(defaults.values().keySet())
                .containsExactlyInAnyOrderElementsOf(keys("", Settings.class).toList());
    }

    @Test
    void everyKeyIsCommented() {
        List<String> lines = SettingsLoader.defaults()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> bare = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            boolean leaf = lines.get(i).matches(" +[A-Za-z]+:.*")
                    && (i + 1 == lines.size() || !deeper(lines.get(i), lines.get(i + 1)));
            boolean list = lines.get(i).strip().equals("qualities:");
            if ((leaf || list) && !lines.get(i - 1).strip().startsWith("#")) {
                bare.add(lines.get(i));
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void everyKeyHasItsOwnVariable() {
        List<String> keys = keys("", Settings.class).toList();
        assertThat(keys.stream().map(Layer::variable))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z_]+"));
    }

    private static boolean deeper(String line, String next) {
        return next.indexOf(next.strip()) > line.indexOf(line.strip());
    }

    private static Stream<String> keys(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(part -> {
            Class<?> inner = unwrapped(part);
            // import is a word of Java.
            String key = prefix + part.getName().replaceAll("_$", "");
            boolean section = inner.isRecord() && inner != Secret.class;
            return section ? keys(key + ".", inner) : Stream.of(key);
        });
    }

    /** The type of a component, looking into Optional, but not into the lists of {@link LadderSpec}. */
    private static Class<?> unwrapped(RecordComponent part) {
        Type type = part.getGenericType();
        if (type instanceof ParameterizedType wrapped && wrapped.getRawType() != List.class) {
            type = wrapped.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> plain ? plain : part.getType();
    }
}
