package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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

class LookIT {
    private static final Path AXE = Path.of("webroot", "node_modules", "axe-core", "axe.min.js");
    private static final String LONG_TITLE = "A title of somebody who writes " + "onewordwithoutanybreak".repeat(6);

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static String video = "";
    private static String broken = "";

    @BeforeAll
    static void upload() throws IOException {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("look.mp4"), "426x240", "25", 3);
        Path text = Files.writeString(browsing.folder().resolve("text.mp4"), "no video");
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
        fitsAndIsAccessible(page);

        page.navigate("/watch/" + broken);
        page.locator("summary").click();
        fitsAndIsAccessible(page);

        page.navigate("/watch/" + video);
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
        fitsAndIsAccessible(page);
        page.locator(".menu-button[aria-label^=Quality]").click();
        assertThat(page.locator(".menu-item:visible").first()).isVisible();
        fitsAndIsAccessible(page);
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("dialog.sheet")).isVisible();
        fitsAndIsAccessible(page);

        page.navigate("/embed/" + video);
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
        fitsAndIsAccessible(page);

        page.navigate("/admin");
        assertThat(page.locator(".row-body.troubled").first()).isVisible();
        fitsAndIsAccessible(page);

        page.navigate("/no/such/page");
        fitsAndIsAccessible(page);
    }

    /** Nothing sticks out of the window, and axe finds nothing. */
    static void fitsAndIsAccessible(Page page) throws IOException {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels too wide: " + page.url())
                .isZero();
        page.evaluate(Files.readString(AXE));
        // Elements fade in and out; contrast is that of the resting page.
        page.waitForFunction("() => document.getAnimations().every((one) => one.playState !== 'running')");
        Object violations = page.evaluate("async () => (await axe.run()).violations.map((one) => one.id + ': '"
                + " + one.nodes.map((node) => node.html).join(' '))");
        assertThat((java.util.List<?>) violations).as(page.url()).isEmpty();
    }
}
