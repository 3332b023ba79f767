package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every clip of a catalogue of real and odd files ends as {@code corpus/expected.tsv} says, in time; what is published is
 * judged by a checker that knows nothing of us. Clips and checker lie beside the project, in {@code ../shared}, or where
 * {@code -Dshared=FOLDER} says.
 */
class CorpusIT {
    private static final String ONLY = System.getProperty("corpus.only", "");
    private static final double LEAST_SECONDS = 20;
    private static final double TIMES_ITS_LENGTH = 3;

    @TempDir
    static Path folder;

    static RunningServer server;

    static ExecutorService checks;

    @BeforeAll
    static void start() {
        if (SharedChecker.there()) {
            server = RunningServer.start(folder.resolve("data"));
            checks = Executors.newFixedThreadPool(2);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            checks.shutdownNow();
        }
    }

    /**
     * What is to become of a clip.
     *
     * @param end status, or HTTP where the upload itself is refused
     * @param code of the error, or - for none
     * @param seconds length of the clip, 0 when it has none
     * @param excused words of the checks of {@code --source} that cannot hold, with the reason in the note; or -
     */
    private record Expected(String path, String end, String code, double seconds, String excused, String note) {
        static Expected of(String line) {
            String[] fields = line.split("\t", -1);
            assertThat(fields).as(line).hasSize(6);
            return new Expected(fields[0], fields[1], fields[2], Double.parseDouble(fields[3]), fields[4], fields[5]);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyClipEndsAsStated() throws IOException {
        assumeTrue(server != null, SharedChecker.missing());
        List<DynamicTest> tests = new ArrayList<>();
        List<DynamicTest> later = new ArrayList<>();
        Map<Expected, String> ended = new LinkedHashMap<>();
        Map<Expected, Future<String>> faults = new HashMap<>();
        for (Expected clip : expected()) {
            if (!clip.path().contains(ONLY)) {
                continue;
            }
            tests.add(DynamicTest.dynamicTest(
                    clip.path() + " ends", () -> ends(clip).ifPresent(id -> ended.put(clip, id))));
            if (List.of("COMPLETED", "PARTIAL").contains(clip.end())) {
                later.add(DynamicTest.dynamicTest(clip.path() + " holds", () -> {
                    if (faults.isEmpty()) {
                        // Not before all have ended: their time is measured.
                        ended.forEach((one, id) -> faults.put(one, checks.submit(() -> faults(one, id))));
                    }
                    assertThat(faults).as("it did not end as stated").containsKey(clip);
                    assertThat(Objects.requireNonNull(faults.get(clip)).get(10, TimeUnit.MINUTES))
                            .isEmpty();
                }));
            }
        }
        return Stream.concat(tests.stream(), later.stream());
    }

    /** The id of a clip that can be watched. */
    private static Optional<String> ends(Expected clip) throws IOException {
        Path file = SharedChecker.SHARED.resolve("media").resolve(clip.path());
        if (clip.end().equals("HTTP")) {
            assertThat(server.refusal(file).getString("code")).isEqualTo(clip.code());
            return Optional.empty();
        }
        long begun = System.nanoTime();
        String id = server.upload(file, clip.path()).getString("id");
        double limit = Math.max(LEAST_SECONDS, TIMES_ITS_LENGTH * clip.seconds());
        try (Updates updates = server.follow(id)) {
            updates.end(Math.round(2 * limit) + 60);
        }
        double took = (System.nanoTime() - begun) / 1e9;
        JsonObject video = server.video(id);
        JsonObject error = video.getJsonObject("error");
        System.out.printf("%s: %s after %.1f s%n", clip.path(), video.getString("status"), took);
        assertThat(video.getString("status") + " " + (error == null ? "-" : error.getString("code")))
                .as(clip.note() + " " + error)
                .isEqualTo(clip.end() + " " + clip.code());
        assertThat(took).as("seconds").isLessThan(limit);
        return video.getString("masterUrl") == null ? Optional.empty() : Optional.of(id);
    }

    /** The checks that do not hold and are not excused, a line each. */
    private static String faults(Expected clip, String id) {
        MadeMedia.Output checked = SharedChecker.check(
                server.uri("/"), id, SharedChecker.SHARED.resolve("media").resolve(clip.path()), "--json");
        StringBuilder faults = new StringBuilder();
        JsonArray checks = new JsonObject(
                        checked.text().substring(Math.max(0, checked.text().indexOf('{'))))
                .getJsonArray("checks");
        for (int i = 0; i < checks.size(); i++) {
            JsonObject check = checks.getJsonObject(i);
            boolean excused = check.getString("where").equals("source")
                    && !clip.excused().equals("-")
                    && check.getString("what").contains(clip.excused());
            if (!check.getBoolean("ok") && !excused) {
                faults.append(check.encode()).append('\n');
            }
        }
        return faults.toString();
    }

    private static List<Expected> expected() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CorpusIT.class.getResourceAsStream("/corpus/expected.tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Expected::of)
                    .toList();
        }
    }
}
