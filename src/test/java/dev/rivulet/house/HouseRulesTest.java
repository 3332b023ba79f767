package dev.rivulet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What reviewers should not have to say: sizes, names, documents that keep up with the code. */
class HouseRulesTest {
    private static final int MOST_LINES = 300;
    private static final Set<String> SOURCES = Set.of("java", "js", "mjs", "css", "html", "sql", "sh");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "data", "vendor");
    private static final Pattern VAGUE =
            Pattern.compile("(^|(?<=[a-z0-9]))(Impl|Utils?|Helpers?|Manager|Service|Base|Abstract)(?![a-z])");
    private static final Set<String> VAGUE_PACKAGES = Set.of("util", "utils", "common", "impl", "model", "helper");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep|\\bSECONDS\\.sleep|\\.parkNanos|delay\\(");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(#[^)]*)?\\)");
    private static final Pattern ADR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}-[a-z0-9]+(-[a-z0-9]+)*\\.md");
    private static final Pattern ENUM_CONSTANT = Pattern.compile("^ {4}([A-Z][A-Z0-9_]*)\\s*[(,;{]?.*");

    @Test
    void noFileIsLongerThanAReaderHolds() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path file : files()) {
            if (SOURCES.contains(extension(file)) && Files.readAllLines(file).size() > MOST_LINES) {
                long_.add(file.toString());
            }
        }
        assertThat(long_).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() throws IOException {
        assertThat(javaFiles().stream().map(file -> file.getFileName().toString()))
                .noneMatch(name -> VAGUE.matcher(name).find());
    }

    @Test
    void packagesAreNamedAfterDuties() throws IOException {
        assertThat(javaFiles().stream().map(HouseRulesTest::folder).distinct())
                .noneMatch(
                        folder -> VAGUE_PACKAGES.contains(folder.getFileName().toString()));
    }

    @Test
    void everyPackageStatesItsDutyAndIsNullMarked() throws IOException {
        Set<Path> packages = javaFiles().stream()
                .filter(file -> file.startsWith("src/main/java"))
                .map(HouseRulesTest::folder)
                .collect(Collectors.toSet());
        assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .content()
                .contains("/**", "@NullMarked"));
    }

    @Test
    void decisionsAreDated() throws IOException {
        assertThat(files().stream().filter(file -> file.startsWith("docs/adr")))
                .allMatch(file -> ADR.matcher(file.getFileName().toString()).matches());
    }

    @Test
    void linksInDocumentsResolve() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : files()) {
            if (extension(file).equals("md")) {
                Matcher link = LINK.matcher(Files.readString(file));
                while (link.find()) {
                    String target = link.group(1);
                    if (!target.contains(":") && !Files.exists(folder(file).resolve(target))) {
                        broken.add(file + " -> " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyBusAddressIsDocumented() throws IOException {
        Path addresses = Path.of("src/main/java/dev/rivulet/bus/Address.java");
        if (Files.exists(addresses)) {
            List<String> lines = Files.readAllLines(addresses).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> bare = new ArrayList<>();
            for (int i = 1; i < lines.size() && !lines.get(i - 1).endsWith(";"); i++) {
                Matcher constant = ENUM_CONSTANT.matcher(lines.get(i));
                if (constant.matches() && !lines.get(i - 1).strip().endsWith("*/")) {
                    bare.add(constant.group(1));
                }
            }
            assertThat(bare).isEmpty();
        }
    }

    @Test
    void testsWaitOnStatesNotOnTheClock() throws IOException {
        List<String> sleepers = new ArrayList<>();
        for (Path file : javaFiles()) {
            if (file.startsWith("src/test/java")
                    && !file.endsWith("HouseRulesTest.java")
                    && SLEEP.matcher(Files.readString(file)).find()) {
                sleepers.add(file.toString());
            }
        }
        assertThat(sleepers).isEmpty();
    }

    private static List<Path> javaFiles() throws IOException {
        return files().stream()
                .filter(file -> extension(file).equals("java") && file.startsWith("src"))
                .toList();
    }

    private static List<Path> files() throws IOException {
        Path here = Path.of("");
        try (Stream<Path> paths = Files.walk(here)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> Stream.iterate(file, Path::getParent)
                            .takeWhile(part -> part != null)
                            .noneMatch(part -> NOT_OURS.contains(String.valueOf(part.getFileName()))))
                    .toList();
        }
    }

    private static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
