package dev.rivulet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.TestServers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** tus-js-client as a page of somebody else would use it, in Chromium, against the whole program. */
class TusInChromiumIT {
    private static final int PADDING = 12 << 20;

    /** {@code send(options)} uploads made bytes; {@code sent} tells how it ended, {@code asked} what was requested. */
    private static final String CLIENT =
            """
            async () => {
              window.bytes = new Uint8Array(await (await fetch('/made/clip')).arrayBuffer());
              window.asked = [];
              window.send = (options) => {
                window.sent = null;
                window.progress = 0;
                window.upload = new tus.Upload(new Blob([bytes]), {
                  endpoint: '/uploads',
                  chunkSize: 512 * 1024,
                  retryDelays: Array(200).fill(250),
                  removeFingerprintOnSuccess: true,
                  metadata: { filename: 'made.mp4', title: 'made in the browser' },
                  onAfterResponse: (request, response) => {
                    asked.push(`${request.getMethod()} ${response.getStatus()}`);
                  },
                  onShouldRetry: () => true,
                  onProgress: (now) => { window.progress = now; },
                  onSuccess: () => { window.sent = { url: upload.url }; },
                  onError: (error) => { window.sent = { error: String(error) }; },
                  ...options,
                });
                upload.start();
              };
            }""";

    private static final String CHECKSUMS =
            """
            send({
              onBeforeRequest: async (request) => {
                if (request.getMethod() !== 'PATCH') return;
                const from = Number(request.getHeader('Upload-Offset'));
                const piece = bytes.slice(from, from + 512 * 1024);
                if (window.spoil) piece[0] ^= 1;
                const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', piece));
                request.setHeader('Upload-Checksum', `sha256 ${btoa(String.fromCharCode(...digest))}`);
                window.checked = (window.checked ?? 0) + 1;
              },
              onShouldRetry: () => false,
            })""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Map<String, String> settings = Map.of();
    private static Path clip = Path.of("");
    private static ChildServer server;

    @BeforeAll
    static void start() throws IOException {
        clip = MadeMedia.mp4(browsing.folder().resolve("chromium.mp4"), "256x144", "25", 2);
        // A box that players pass over makes it a longer way.
        ByteBuffer box = ByteBuffer.allocate(PADDING).putInt(PADDING).put("free".getBytes(StandardCharsets.US_ASCII));
        Files.write(clip, box.array(), StandardOpenOption.APPEND);
        settings = Map.of("RIVULET_HTTP_PORT", Integer.toString(TestServers.freePort()));
        server = ChildServer.start(
                Files.createTempDirectory(browsing.folder(), "chromium").resolve("data"), settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void createsAndGoesOnWhenTheServerWasKilledAndStartedAgain() throws IOException {
        Page page = client();
        Uploading.slow(page);
        page.evaluate("send({})");
        page.waitForFunction("() => progress > bytes.length / 4 && progress < bytes.length * 0.9");

        server.kill();
        server.close();
        server = ChildServer.start(server.data(), settings);

        page.waitForFunction("() => sent");
        assertThat(page.evaluate("sent.error")).isNull();
        List<String> asked = asked(page);
        assertThat(asked.stream().filter("POST 201"::equals)).hasSize(1);
        assertThat(asked).contains("HEAD 200", "PATCH 204");
        arrived(page);
    }

    @Test
    void parallelPartsBecomeOneVideo() throws IOException {
        Page page = client();

        page.evaluate("send({ parallelUploads: 3 })");

        page.waitForFunction("() => sent");
        assertThat(page.evaluate("sent.error")).isNull();
        assertThat(asked(page).stream().filter("POST 201"::equals)).hasSize(4);
        arrived(page);
    }

    @Test
    void everyPieceIsHeldAgainstItsChecksum() throws IOException {
        Page page = client();
        page.evaluate(CHECKSUMS);
        page.waitForFunction("() => sent");
        assertThat(page.evaluate("sent.error")).isNull();
        assertThat((int) page.evaluate("checked"))
                .isEqualTo((int) ((Files.size(clip) + (512 << 10) - 1) / (512 << 10)));
        arrived(page);

        page.evaluate("window.spoil = true");
        page.evaluate(CHECKSUMS);
        page.waitForFunction("() => sent");

        assertThat((String) page.evaluate("sent.error")).contains("460");
        page.evaluate("upload.abort(true)");
    }

    @Test
    void whatIsTerminatedIsGone() {
        Page page = client();
        Uploading.slow(page);
        page.evaluate("send({})");
        page.waitForFunction("() => progress > bytes.length / 4 && progress < bytes.length * 0.9");
        String id = id((String) page.evaluate("upload.url"));

        page.evaluate("upload.abort(true)");

        assertThat(server.get("/videos/" + id).statusCode()).isEqualTo(404);
        assertThat(server.data().resolve("work/uploads/" + id + ".part")).doesNotExist();
        assertThat(asked(page)).contains("DELETE 204");
    }

    private static Page client() {
        Page page = browsing.page();
        page.route("**/made/clip", route -> route.fulfill(new Route.FulfillOptions().setPath(clip)));
        page.navigate(server.uri("/").toString());
        page.waitForFunction("() => window.tus");
        page.evaluate(CLIENT);
        return page;
    }

    /** What the server has is what the browser sent, byte for byte. */
    private static void arrived(Page page) throws IOException {
        String id = id((String) page.evaluate("sent.url"));
        assertThat(server.video(id).getString("title")).isEqualTo("made in the browser");
        assertThat(server.video(id).getString("status")).isNotIn("UPLOADING", "FAILED");
        assertThat(Files.mismatch(clip, server.data().resolve("media/" + id + "/source/original")))
                .isEqualTo(-1);
    }

    private static List<String> asked(Page page) {
        return ((List<?>) page.evaluate("asked")).stream().map(String::valueOf).toList();
    }

    private static String id(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
