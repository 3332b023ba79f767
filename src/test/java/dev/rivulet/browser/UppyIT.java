package dev.rivulet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.Looks;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.TestServers;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uppy as the example sets it up, in Chromium, on a page of somebody else before the whole program. */
class UppyIT {
    private static final List<String> NAMES = List.of("first.mp4", "second.mp4", "third.mp4");
    private static final int PADDING = 6 << 20;
    private static final int SOME = PADDING / 8;
    private static final int SLOWER = 1 << 20;
    private static final long PATIENCE = 90;
    private static final String PIECES = "start({ chunkSize: 256 * 1024 })";
    private static final String UNDER_WAY = "() => progress > 25 && progress < 90";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Map<String, String> settings = Map.of();
    private static Path folder = Path.of("");
    private static ChildServer server;

    /** What was asked or answered; the offset is that of the request or of the answer, -1 without one. */
    private record Said(String kind, String method, String url, int status, long offset) {
        static Said of(Object said) {
            JsonObject fields = new JsonObject((Map<String, Object>) said);
            return new Said(
                    fields.getString("kind"),
                    fields.getString("method"),
                    fields.getString("url"),
                    fields.getInteger("status"),
                    fields.getLong("offset"));
        }

        String answer() {
            return method + " " + status;
        }

        boolean is(String aKind, String aMethod) {
            return kind.equals(aKind) && method.equals(aMethod);
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(browsing.folder(), "uppy");
        for (String name : NAMES) {
            Path clip = MadeMedia.mp4(folder.resolve(name), "256x144", "25", 2);
            // A box that players pass over makes it a longer way, and each another file.
            byte[] box = new byte[PADDING];
            Arrays.fill(box, (byte) NAMES.indexOf(name));
            ByteBuffer.wrap(box).putInt(PADDING).put("free".getBytes(StandardCharsets.US_ASCII));
            Files.write(clip, box, StandardOpenOption.APPEND);
        }
        Path webroot = Path.of("webroot").toAbsolutePath();
        ProcessBuilder bundling = new ProcessBuilder(
                        "node",
                        "node_modules/esbuild/bin/esbuild",
                        Path.of("src/test/resources/uppy/client.mjs")
                                .toAbsolutePath()
                                .toString(),
                        "--bundle",
                        "--log-level=warning",
                        "--outfile=" + folder.resolve("client.js"))
                .directory(webroot.toFile())
                .inheritIO();
        bundling.environment().put("NODE_PATH", webroot.resolve("node_modules").toString());
        assertThat(bundling.start().waitFor()).isZero();
        settings = Map.of("RIVULET_HTTP_PORT", Integer.toString(TestServers.freePort()));
        server = ChildServer.start(folder.resolve("data"), settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void threeFilesBecomeThreeVideos() throws IOException {
        Page page = client();
        page.evaluate("start({})");
        arrived(page);
        assertThat(answers(page)).hasSize(6).containsOnly("POST 201", "PATCH 204");
    }

    @Test
    void whatWasPausedGoesOnWhereItStopped() throws IOException {
        Page page = client();
        Uploading.Network network = Uploading.slow(page);
        network.bytesPerSecond(SLOWER);
        page.evaluate("start({})");
        Looks.until(PATIENCE, UppyIT::someIsThere, () -> "nothing arrives");

        int unfinished = (int) page.evaluate(
                "uppy.pauseAll(), uppy.getFiles().filter((file) => !file.progress.uploadComplete).length");
        int before = said(page).size();
        network.bytesPerSecond(-1);
        page.evaluate("uppy.resumeAll()");

        arrived(page);
        assertThat(answers(page).stream().filter("POST 201"::equals)).hasSize(NAMES.size());
        List<Said> later = said(page).subList(before, said(page).size());
        assertThat(later.stream().filter(said -> said.is("answered", "HEAD")))
                .hasSize(unfinished)
                .anyMatch(said -> said.offset() > SOME);
        nothingTwice(said(page));
    }

    @Test
    void goesOnByItselfWhenTheServerWasKilledAndStartedAgain() throws IOException {
        Page page = client();
        Uploading.slow(page);
        page.evaluate(PIECES);
        page.waitForFunction(UNDER_WAY);

        server.kill();
        startAgain();

        arrived(page);
        assertThat(answers(page).stream().filter("POST 201"::equals)).hasSize(3);
        assertThat(answers(page)).contains("HEAD 200").containsOnly("POST 201", "HEAD 200", "PATCH 204");
        nothingTwice(said(page));
    }

    @Test
    void goesOnByItselfWhenTheServerWasStoppedAndStartedAgain() throws IOException {
        Page page = client();
        Uploading.slow(page);
        page.evaluate(PIECES);
        page.waitForFunction(UNDER_WAY);

        assertThat(server.stop()).isZero();
        startAgain();

        arrived(page);
        assertThat(answers(page)).contains("HEAD 200");
        nothingTwice(said(page));
    }

    @Test
    void whatUppyGaveUpGoesOnWhenItIsTriedAgain() throws IOException {
        Page page = client();
        Uploading.slow(page);
        // Uppy's own list, which is over before most servers are back.
        page.evaluate("start({ chunkSize: 256 * 1024, retryDelays: [100, 1000, 3000, 5000] })");
        page.waitForFunction(UNDER_WAY);

        server.kill();
        page.waitForFunction("() => ended");
        assertThat((List<?>) page.evaluate("ended.failed")).isNotEmpty();
        startAgain();
        page.evaluate("conclude(uppy.retryAll())");

        arrived(page);
        assertThat(answers(page).stream().filter("POST 201"::equals)).hasSize(3);
        nothingTwice(said(page));
    }

    @Test
    void partsAtTheSameTimeBecomeThreeVideosThoughTheServerIsKilled() throws IOException {
        Page page = client();
        Uploading.slow(page);
        page.evaluate("start({ parallelUploads: 3, chunkSize: 256 * 1024 })");
        page.waitForFunction(UNDER_WAY);

        server.kill();
        startAgain();

        arrived(page);
        assertThat(answers(page).stream().filter("POST 201"::equals)).hasSize(12);
        nothingTwice(said(page));
    }

    private static void startAgain() {
        // What one that was killed has left running.
        server.close();
        server = ChildServer.start(server.data(), settings);
    }

    /** Whether the server has written a part of a file. */
    private static boolean someIsThere() {
        File[] arriving = server.data().resolve("work/uploads").toFile().listFiles();
        return arriving != null && Arrays.stream(arriving).anyMatch(file -> file.length() > SOME);
    }

    private static Page client() {
        Page page = browsing.page();
        page.route("**/made/*", route -> {
            String name = route.request().url().replaceFirst(".*/", "");
            route.fulfill(
                    name.equals("page")
                            ? new Route.FulfillOptions()
                                    .setContentType("text/html")
                                    .setBody("<!doctype html><title>Uppy</title><script src='client.js'></script>")
                            : new Route.FulfillOptions().setPath(folder.resolve(name)));
        });
        page.navigate(server.uri("/made/page").toString());
        page.waitForFunction("() => window.start");
        return page;
    }

    /** What the server has is what the browser sent, byte for byte, and it can be watched. */
    private static void arrived(Page page) throws IOException {
        page.waitForFunction("() => ended");
        assertThat((List<?>) page.evaluate("ended.failed")).isEmpty();
        Map<?, ?> videos = (Map<?, ?>) page.evaluate("ended.videos");
        assertThat(videos).hasSize(NAMES.size());
        for (String name : NAMES) {
            String id = (String) videos.get(name);
            assertThat(server.follow(id).end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
            assertThat(server.video(id).getString("title")).isEqualTo("by Uppy: " + name);
            assertThat(Files.mismatch(folder.resolve(name), server.data().resolve("media/" + id + "/source/original")))
                    .isEqualTo(-1);
        }
    }

    /** No request begins before a byte that the server had said it has; what it has said is never taken back. */
    private static void nothingTwice(List<Said> all) {
        Map<String, Long> has = new HashMap<>();
        for (Said said : all) {
            if (said.offset() < 0) {
                continue;
            }
            assertThat(said.offset())
                    .as("%s in %s", said, all)
                    .isGreaterThanOrEqualTo(has.getOrDefault(said.url(), 0L));
            if (said.kind().equals("answered")) {
                has.put(said.url(), said.offset());
            }
        }
        assertThat(has).hasSizeGreaterThanOrEqualTo(NAMES.size());
    }

    private static List<String> answers(Page page) {
        return said(page).stream()
                .filter(said -> said.kind().equals("answered"))
                .map(Said::answer)
                .toList();
    }

    private static List<Said> said(Page page) {
        return ((List<?>) page.evaluate("said")).stream().map(Said::of).toList();
    }
}
