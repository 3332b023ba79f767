package dev.rivulet.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server answers at {@code /metrics}, in the text format of Prometheus. */
public final class Scrape {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) \\S+");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Set<String> families = new TreeSet<>();
    private final List<Sample> samples = new ArrayList<>();

    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private Scrape() {}

    public static Scrape of(Site site) {
        Scrape scrape = new Scrape();
        site.get("/metrics").body().lines().forEach(scrape::read);
        return scrape;
    }

    /** Names as the TYPE lines have them. */
    public Set<String> families() {
        return families;
    }

    public List<Sample> samples() {
        return samples;
    }

    /** The sum of all samples of this name that have these labels, each as {@code name=value}; NaN when there is none. */
    public double value(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> Set.of(labels).stream().allMatch(label -> {
                    String[] parts = label.split("=", 2);
                    return parts[1].equals(sample.labels().get(parts[0]));
                }))
                .mapToDouble(Sample::value)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    private void read(String line) {
        Matcher type = TYPE.matcher(line);
        if (type.matches()) {
            families.add(type.group(1));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!line.startsWith("#") && sample.matches()) {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
        }
    }
}
