package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.card;
import static dev.rivulet.browser.Uploading.library;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rivulet.testing.Cable;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one tab does to a video, the others show without being asked. */
class OtherTabsIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Path clip = Path.of("");

    @BeforeAll
    static void video() throws IOException {
        clip = MadeMedia.mp4(browsing.folder().resolve("tabs.mp4"), "256x144", "25", 2);
    }

    @Test
    void aNewTitleAndADeletionAreSeenInEveryTab() throws IOException {
        String id = made("Seen twice");
        Page here = library(browsing.page());
        Page there = library(browsing.page());
        Page watching =
                watching(browsing.page(360, ColorScheme.DARK), browsing.server().url(), id);

        card(here, "Seen twice")
                .getByRole(AriaRole.BUTTON, named("Rename Seen twice"))
                .click();
        here.keyboard().type("Seen by all");
        here.keyboard().press("Enter");

        assertThat(card(there, "Seen by all")).isVisible();
        assertThat(watching.locator("h1")).hasText("Seen by all");
        assertThat(watching).hasTitle("Seen by all · Rivulet");

        card(there, "Seen by all")
                .getByRole(AriaRole.BUTTON, named("Delete Seen by all"))
                .click();
        assertThat(there.locator(".toast")).isVisible();
        delete(id);

        assertThat(card(here, "Seen by all")).hasCount(0);
        assertThat(there.locator(".toast")).hasCount(0);
        assertThat(watching.locator("h1")).hasText("This video was deleted");
        assertThat(watching.locator("#stage")).isHidden();
        assertThat(watching.getByText("Back to the library")).isVisible();
        assertThat((boolean) watching.evaluate("rivulet.video.paused")).isTrue();
        LookIT.fitsAndIsAccessible(watching, "deleted");
        Page embedded = browsing.page();
        embedded.navigate("/embed/" + id);
        assertThat(embedded.locator(".lost-text")).containsText("This video cannot be shown.");
    }

    @Test
    void aWatchPageHearsOfWhatHappenedWhileItsConnectionWasLost() throws IOException {
        String id = made("Lost for a while");
        try (Cable cable = new Cable(browsing.server().port())) {
            Page page = watching(browsing.page(1440, ColorScheme.LIGHT), cable.url(), id);
            cable.cut();
            assertThat(page.locator("body")).hasAttribute("data-live", "waiting");
            delete(id);

            cable.mend();

            assertThat(page.locator("h1")).hasText("This video was deleted");
            assertThat(page.locator("body")).hasAttribute("data-live", "finished");
            LookIT.fitsAndIsAccessible(page, "deleted");
        }
    }

    private static String made(String title) {
        String id = browsing.server().upload(clip, title).getString("id");
        try (Updates updates = browsing.server().follow(id)) {
            updates.end(60);
        }
        return id;
    }

    private static Page watching(Page page, String server, String id) {
        page.navigate(server + "/watch/" + id);
        assertThat(page.locator("body")).hasAttribute("data-live", "live");
        page.waitForFunction("() => window.rivulet?.hls");
        return page;
    }

    private static void delete(String id) {
        HttpRequest request = HttpRequest.newBuilder(browsing.server().uri("/videos/" + id))
                .DELETE()
                .build();
        assertThat(browsing.server().send(request).statusCode()).isEqualTo(204);
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
