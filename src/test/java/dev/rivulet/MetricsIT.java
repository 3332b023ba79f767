package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BreakableTools;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Scrape;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a server tells of itself after a video that went well and one of which a quality failed. */
class MetricsIT {
    private static final Path ALERTS = Path.of("deploy", "prometheus", "alerts.yaml");
    private static final Path DASHBOARD = Path.of("deploy", "grafana", "rivulet.json");
    private static final Pattern METRIC = Pattern.compile("\\b(rivulet|jvm|vertx|process)_\\w+(\\{[^}]*})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");

    @TempDir
    static Path folder;

    static ChildServer server;
    static Scrape idle;
    static Scrape after;
    static Scrape broken;
    static long bytes;

    @BeforeAll
    static void upload() throws IOException {
        BreakableTools tools = new BreakableTools(folder.resolve("tools"));
        server = ChildServer.start(
                folder.resolve("data"),
                Map.of(
                        "RIVULET_FFMPEG_PATH",
                        folder.resolve("tools").toString(),
                        "RIVULET_FFMPEG_SANDBOX",
                        "off",
                        "RIVULET_LADDER_TIERS",
                        "144p; 240p; 360p 480p; 720p 1080p"));
        idle = Scrape.of(server);
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 5);
        bytes = Files.size(clip);
        assertThat(end(clip, "whole").getString("stage")).isEqualTo("done");
        server.until(20, () -> Scrape.of(server).value("rivulet_time_to_completed_seconds_count") == 1);
        after = Scrape.of(server);
        tools.breakWith("/240p/");
        assertThat(end(clip, "broken").getString("status")).isEqualTo("PARTIAL");
        broken = Scrape.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject end(Path clip, String title) {
        String id = server.upload(clip, title).getString("id");
        try (Updates updates = server.follow(id)) {
            return updates.end(120);
        }
    }

    @Test
    void anIdleServerTellsWhatItHasAndThatNothingHappened() {
        for (String taskClass : List.of("preview", "lowest", "middle", "top")) {
            for (String state : List.of("waiting", "queued", "running")) {
                assertThat(idle.value("rivulet_tasks", "class=" + taskClass, "state=" + state))
                        .isZero();
            }
            assertThat(idle.value("rivulet_queue_depth", "class=" + taskClass)).isZero();
        }
        for (String status : List.of("uploading", "processing", "ready")) {
            assertThat(idle.value("rivulet_videos", "status=" + status)).isZero();
        }
        for (String dependency : List.of("postgres", "redis", "ffmpeg", "store")) {
            assertThat(idle.value("rivulet_dependency_up", "dependency=" + dependency))
                    .isEqualTo(1);
        }
        assertThat(idle.value("rivulet_slots")).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(idle.value("rivulet_slots_busy")).isZero();
        assertThat(idle.value("rivulet_disk_free_bytes")).isGreaterThan(1e6);
        for (String counter : List.of(
                "rivulet_uploads_total",
                "rivulet_upload_bytes_total",
                "rivulet_task_claims_total",
                "rivulet_attempts_failed_total",
                "rivulet_tasks_given_up_total",
                "rivulet_seam_failures_total",
                "rivulet_lease_losses_total",
                "rivulet_stale_reports_total",
                "rivulet_join_failures_total",
                "rivulet_recovery_removals_total",
                "rivulet_video_moves_total")) {
            assertThat(idle.value(counter)).as(counter).isZero();
        }
    }

    @Test
    void aVideoLeavesItsTimesAndMoves() {
        assertThat(after.value("rivulet_uploads_total")).isEqualTo(1);
        assertThat(after.value("rivulet_upload_bytes_total")).isEqualTo(bytes);
        for (String to : List.of("uploading", "processing", "ready", "completed")) {
            assertThat(after.value("rivulet_video_moves_total", "to=" + to))
                    .as(to)
                    .isEqualTo(1);
        }
        for (String what : List.of("previewable", "playable", "completed")) {
            String name = "rivulet_time_to_" + what + "_seconds";
            assertThat(after.value(name + "_count")).as(what).isEqualTo(1);
            assertThat(after.value(name + "_bucket", "le=+Inf")).as(what).isEqualTo(1);
            assertThat(after.value(name + "_bucket", "le=0.5")).as(what).isBetween(0.0, 1.0);
            assertThat(after.value(name + "_bucket", "le=600.0")).as(what).isEqualTo(1);
            assertThat(after.value(name + "_sum")).as(what).isBetween(0.05, 120.0);
        }
        for (String quality : List.of("144p", "240p")) {
            assertThat(after.value("rivulet_task_duration_seconds_count", "kind=chunk", "qualities=" + quality))
                    .isGreaterThanOrEqualTo(1);
            assertThat(after.value("rivulet_join_duration_seconds_count", "quality=" + quality))
                    .isEqualTo(1);
        }
        // The sound of the lowest quality, and that of the other.
        Map.of("audio", 2.0, "poster", 1.0).forEach((kind, tasks) -> {
            assertThat(after.value("rivulet_task_duration_seconds_count", "kind=" + kind))
                    .isEqualTo(tasks);
            assertThat(after.value("rivulet_task_claims_total", "kind=" + kind)).isEqualTo(tasks);
        });
        assertThat(after.value("rivulet_attempts_failed_total")).isZero();
        assertThat(after.value("rivulet_slots_busy")).isZero();
    }

    @Test
    void failuresAreCountedByKind() {
        assertThat(broken.value("rivulet_attempts_failed_total", "kind=chunk", "failure=tool"))
                .isGreaterThanOrEqualTo(3);
        assertThat(broken.value("rivulet_attempts_failed_total", "failure=seam"))
                .isZero();
        assertThat(broken.value("rivulet_tasks_given_up_total", "kind=chunk")).isEqualTo(1);
        assertThat(broken.value("rivulet_video_moves_total", "to=partial")).isEqualTo(1);
        assertThat(broken.value("rivulet_video_moves_total", "to=completed")).isEqualTo(1);
        assertThat(broken.value("rivulet_time_to_playable_seconds_count")).isEqualTo(2);
    }

    @Test
    void labelsAreFewAndNameNoVideo() {
        List<Scrape.Sample> ours = broken.samples().stream()
                .filter(sample -> sample.name().startsWith("rivulet_"))
                .toList();
        assertThat(ours).hasSizeBetween(100, 400);
        assertThat(ours).allSatisfy(sample -> assertThat(sample.labels().values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThan(30)));
    }

    @Test
    void everyFamilyIsDescribed() throws IOException {
        String manual = Files.readString(Path.of("docs", "operations.md"));
        assertThat(broken.families().stream()
                        .filter(family -> family.startsWith("rivulet_"))
                        .filter(family -> !family.endsWith("_max"))
                        .filter(family -> !manual.contains("`" + family + "`")))
                .isEmpty();
    }

    @Test
    void whatAlertsAndPanelsAskForIsThere() throws IOException {
        List<String> expressions =
                Stream.concat(alerts().stream(), panels().stream()).toList();
        assertThat(expressions).hasSizeGreaterThan(25);
        List<String> missing = new ArrayList<>();
        for (String expression : expressions) {
            Matcher metric = METRIC.matcher(expression);
            boolean any = expression.matches(".*\\bup\\b.*");
            while (metric.find()) {
                any = true;
                String name = metric.group().replaceAll("\\{.*", "");
                Matcher label = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
                List<String> labels = new ArrayList<>();
                while (label.find()) {
                    if (!label.group(1).equals("instance")) { // Prometheus's own
                        labels.add(label.group(1));
                    }
                }
                if (broken.samples().stream()
                        .noneMatch(sample -> sample.name().equals(name)
                                && sample.labels().keySet().containsAll(labels))) {
                    missing.add(metric.group() + " in " + expression);
                }
            }
            assertThat(any).as(expression).isTrue();
        }
        assertThat(missing).isEmpty();
    }

    private static List<String> alerts() throws IOException {
        Map<String, List<Map<String, Object>>> file = yaml(ALERTS);
        List<String> expressions = new ArrayList<>();
        for (Map<String, Object> group : file.getOrDefault("groups", List.of())) {
            for (Object each : (List<?>) group.getOrDefault("rules", List.of())) {
                Map<?, ?> rule = (Map<?, ?>) each;
                assertThat(rule.keySet().stream().map(String::valueOf))
                        .as("%s", rule.get("alert"))
                        .contains("alert", "expr", "labels", "annotations");
                Map<?, ?> told = (Map<?, ?>) rule.get("annotations");
                assertThat(told.keySet().stream().map(String::valueOf)).contains("summary", "description");
                expressions.add(String.valueOf(rule.get("expr")));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(8);
        return expressions;
    }

    private static List<String> panels() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(DASHBOARD));
        List<String> expressions = new ArrayList<>();
        for (Object each : dashboard.getJsonArray("panels")) {
            for (Object target : ((JsonObject) each).getJsonArray("targets", new io.vertx.core.json.JsonArray())) {
                expressions.add(((JsonObject) target).getString("expr"));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(15);
        return expressions;
    }

    private static <T> T yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }
}
