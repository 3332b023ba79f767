package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.begun;
import static dev.rivulet.browser.Uploading.button;
import static dev.rivulet.browser.Uploading.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page in its states, on a phone and on a desk, light and dark. What was seen is in {@code target/look}. */
class LookIT {
    private static final Path AXE = Path.of("webroot", "node_modules", "axe-core", "axe.min.js");
    private static final Path SEEN = Path.of("target", "look");
    private static final String LONG_TITLE = "A title of somebody who writes " + "onewordwithoutanybreak".repeat(6);

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static String video = "";
    private static String broken = "";
    private static Path large = Path.of("");

    @BeforeAll
    static void upload() throws IOException {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("look.mp4"), "426x240", "25", 20);
        Path text = Files.writeString(browsing.folder().resolve("text.mp4"), "no video");
        large = Uploading.clip(browsing.folder().resolve("a_large_one.mp4"));
        video = browsing.server().upload(clip, LONG_TITLE).getString("id");
        broken = browsing.server().upload(text, LONG_TITLE).getString("id");
        for (String id : new String[] {video, broken}) {
            try (Updates updates = browsing.server().follow(id)) {
                updates.end(60);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1440, LIGHT", "1440, DARK"})
    void everyPageFitsItsWindowAndIsAccessible(int width, ColorScheme scheme) throws IOException {
        Page page = browsing.page(width, scheme);

        page.navigate("/");
        assertThat(page.locator(".card[data-status=FAILED]").first()).isVisible();
        assertThat(page.locator(".card[data-status=COMPLETED]").first()).isVisible();
        page.locator(".card[data-status=FAILED] summary").first().click();
        fitsAndIsAccessible(page, "library");

        page.navigate("/watch/" + broken);
        page.locator("summary").first().click();
        fitsAndIsAccessible(page, "broken");

        page.navigate("/watch/" + video);
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
        fitsAndIsAccessible(page, "watch");
        page.locator(".menu-button[aria-label^=Quality]").click();
        assertThat(page.locator(".menu-item:visible").first()).isVisible();
        fitsAndIsAccessible(page, "qualities");
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("dialog.sheet[open]")).isVisible();
        fitsAndIsAccessible(page, "keys");
        page.keyboard().press("Escape");
        page.locator("#embed").click();
        fitsAndIsAccessible(page, "embed-code");
        page.keyboard().press("Escape");
        page.locator("#details summary").first().click();
        assertThat(page.locator(".heat-cells [data-state=DONE]").first()).isVisible();
        page.locator(".every summary").click();
        assertThat(page.locator(".every tbody tr").first()).isVisible();
        fitsAndIsAccessible(page, "details");

        page.navigate("/embed/" + video);
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
        fitsAndIsAccessible(page, "embedded");

        page.navigate("/admin");
        assertThat(page.locator(".row-body.troubled").first()).isVisible();
        fitsAndIsAccessible(page, "work");

        page.navigate("/no/such/page");
        fitsAndIsAccessible(page, "lost");
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1440, LIGHT", "1440, DARK"})
    void theLibraryAtWorkFitsItsWindowAndIsAccessible(int width, ColorScheme scheme) throws IOException {
        Page page = browsing.page(width, scheme);
        page.addInitScript("delete window.showOpenFilePicker");
        Uploading.library(page);
        Uploading.slow(page).bytesPerSecond(Uploading.SLOW / 4);
        page.route("**/uploads", route -> {
            String metadata = route.request().headers().getOrDefault("upload-metadata", "");
            if (metadata.contains(base64("refused.mkv"))) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(413)
                        .setContentType("application/problem+json")
                        .setBody("{\"code\":\"too_large\",\"detail\":\"Larger than 1 MB.\"}"));
            } else {
                route.resume();
            }
        });
        Path other = Files.copy(
                large, Files.createTempDirectory(browsing.folder(), "look").resolve("paused.mp4"));
        Path refused = Files.writeString(other.resolveSibling("refused.mkv"), "no video");
        page.setInputFiles("#file", new Path[] {refused, other, large});
        begun(page);
        button(row(page, "paused"), "Pause").click();
        assertThat(row(page, "refused").locator(".advice")).isVisible();
        assertThat(row(page, "a large one")).hasAttribute("data-state", "sending");
        fitsAndIsAccessible(page, "queue");

        page.reload();
        assertThat(row(page, "paused")).hasAttribute("data-state", "asking");
        Locator done = page.locator(".card[data-status=COMPLETED]").first();
        done.locator("button:visible")
                .filter(new Locator.FilterOptions().setHasText("Rename"))
                .click();
        fitsAndIsAccessible(page, "asking");
        page.keyboard().press("Escape");
        page.locator(".card[data-status=FAILED] button:visible")
                .filter(new Locator.FilterOptions().setHasText("Delete"))
                .first()
                .click();
        assertThat(page.locator(".toast")).isVisible();
        page.fill("#url", "no link");
        page.keyboard().press("Enter");
        fitsAndIsAccessible(page, "undo");
        page.locator(".toast").getByText("Undo").click();
        page.fill("#q", "nothing has these words");
        assertThat(page.locator("#nothing")).isVisible();
        fitsAndIsAccessible(page, "nothing");
        Locator rows = page.locator(".upload");
        for (int left = rows.count(); left > 0; left--) {
            button(rows.first(), "Cancel").click();
            button(rows.first(), "Cancel and delete?").click();
            assertThat(rows).hasCount(left - 1);
        }
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Nothing sticks out of the window, and axe finds nothing. */
    static void fitsAndIsAccessible(Page page, String name) throws IOException {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels too wide: " + page.url())
                .isZero();
        page.evaluate(Files.readString(AXE));
        // Elements fade in and out; contrast is that of the resting page.
        page.waitForFunction("() => document.getAnimations().every((one) => one.playState !== 'running')");
        boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        String file = name + "-" + page.viewportSize().width + (dark ? "-dark" : "-light") + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(SEEN.resolve(file)).setFullPage(true));
        Object violations = page.evaluate("async () => (await axe.run()).violations.map((one) => one.id + ': '"
                + " + one.nodes.map((node) => node.html).join(' '))");
        assertThat((java.util.List<?>) violations).as(name + " " + page.url()).isEmpty();
    }
}
