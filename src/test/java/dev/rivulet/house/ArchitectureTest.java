package dev.rivulet.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages: imports go only upward in it. */
class ArchitectureTest {
    private static final String ROOT = "dev.rivulet";
    private static final List<String> STAGES = List.of("upload", "segment", "encode", "join", "publish", "recovery");
    private static final List<String> BELOW_STAGES = List.of("media", "job", "config", "ffmpeg", "bus", "store", "web");

    /** Package, and the packages of ours that it may use beside itself and its own subpackages. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("media", List.of()),
            Map.entry("job", List.of("media")),
            Map.entry("config", List.of("media")),
            Map.entry("ffmpeg", List.of("media", "job", "config")),
            Map.entry("bus", List.of("media", "job")),
            Map.entry("store", List.of("media", "job", "config")),
            Map.entry("web", List.of("bus", "store", "job", "media", "config")),
            Map.entry("upload", BELOW_STAGES),
            Map.entry("segment", BELOW_STAGES),
            Map.entry("encode", BELOW_STAGES),
            Map.entry("join", BELOW_STAGES),
            Map.entry("publish", BELOW_STAGES),
            Map.entry("recovery", BELOW_STAGES),
            Map.entry("embedded", List.of("config", "ffmpeg")));

    /** Packages that may count. */
    private static final List<String> METERED = List.of(ROOT, ROOT + ".web", ROOT + ".store.metrics");

    private static final Set<String> PURE = Set.of("media", "job");
    private static final Set<String> WITHOUT_VERTX = Set.of("media", "job", "ffmpeg", "embedded");
    private static final List<String> IO = List.of("java.io.", "java.nio.file.", "java.nio.channels.", "java.net.");
    private static final Set<String> HARMLESS_IO = Set.of("java.io.Serializable", "java.io.UncheckedIOException");
    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant.now()",
            "java.time.LocalDateTime.now()",
            "java.time.ZonedDateTime.now()",
            "java.lang.System.currentTimeMillis()",
            "java.lang.System.nanoTime()");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void seesEveryClassOfTheSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            long sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .count();
            assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass).count())
                    .isGreaterThanOrEqualTo(sources);
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().map(ArchitectureTest::topPackage).distinct())
                .allMatch(name -> name.isEmpty() || MAY_USE.containsKey(name));
    }

    @Test
    void importsGoOnlyUpwardInTheTable() {
        assertThat(dependencies()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency -> !allowed(dependency))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void stagesNeverImportEachOther() {
        assertThat(STAGES).allSatisfy(stage -> assertThat(MAY_USE.get(stage)).doesNotContainAnyElementsOf(STAGES));
    }

    @Test
    void portsDoNotKnowTheirAdapters() {
        assertThat(dependencies()
                        .filter(dependency ->
                                dependency.getOriginClass().getPackageName().equals(ROOT + ".store"))
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT + ".store."))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void thePureAndTheBlockingKnowNoVertx() {
        assertThat(dependencies()
                        .filter(dependency -> WITHOUT_VERTX.contains(topPackage(dependency.getOriginClass())))
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("io.vertx"))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void thePureDoNoInputOrOutput() {
        assertThat(dependencies()
                        .filter(dependency -> PURE.contains(topPackage(dependency.getOriginClass())))
                        .filter(dependency -> isIo(dependency.getTargetClass().getName()))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void thePureReadNoClock() {
        assertThat(CLASSES.stream()
                        .filter(type -> PURE.contains(topPackage(type)))
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> CLOCKS.contains(call.getTarget().getFullName()))
                        .map(JavaMethodCall::getDescription))
                .isEmpty();
    }

    @Test
    void stagesDoNotKnowThatTheyAreMeasured() {
        List<Dependency> meters = dependencies()
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith("io.micrometer"))
                .toList();
        assertThat(meters).isNotEmpty();
        assertThat(meters.stream()
                        .filter(dependency ->
                                !METERED.contains(dependency.getOriginClass().getPackageName()))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static boolean allowed(Dependency dependency) {
        String from = topPackage(dependency.getOriginClass());
        String to = topPackage(dependency.getTargetClass());
        return from.isEmpty()
                || from.equals(to)
                || MAY_USE.getOrDefault(from, List.of()).contains(to);
    }

    private static boolean isIo(String className) {
        return IO.stream().anyMatch(className::startsWith) && !HARMLESS_IO.contains(className);
    }

    /** The first package name below the root, empty for the root itself. */
    private static String topPackage(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }
}
