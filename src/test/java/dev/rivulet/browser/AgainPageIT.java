package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rivulet.testing.BreakableTools;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people can do about a video that has failed, or that they do not want any more. */
class AgainPageIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @TempDir
    static Path folder;

    static BreakableTools tools;
    static RunningServer server;

    @BeforeAll
    static void start() {
        tools = new BreakableTools(folder.resolve("tools"));
        server = RunningServer.start(folder.resolve("data"), tools.settings(), BreakableTools.LOWEST_ALONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aQualityThatFailedIsMadeAtThePressOfAButton() {
        tools.breakWith("/240p/");
        Path clip = MadeMedia.mp4(folder.resolve("partly.mp4"), "426x240", "25", 5);
        String id = server.upload(clip, "partly").getString("id");
        Page page = library();
        Locator card = card(page, "partly");
        assertThat(card).hasAttribute("data-status", "PARTIAL");
        Page watch = browsing.page();
        watch.navigate(server.url() + "/watch/" + id);
        assertThat(button(watch, "Try again")).isVisible();
        assertThat(watch.locator(".error-text").first()).containsText("could not be made");
        tools.repair();

        button(card, "Try again partly").click();

        assertThat(card).hasAttribute("data-status", "COMPLETED");
        assertThat(button(card, "Try again partly")).not().isVisible();
        assertThat(card.locator(".chip[data-state=joined]")).hasCount(2);
        assertThat(button(watch, "Try again")).not().isVisible();
        assertThat(watch.locator("#download-list a")).hasCount(2);
    }

    @Test
    void aVideoIsCancelledByTwoPressesAndRemovedThen() {
        Path clip = MadeMedia.mp4(folder.resolve("unwanted.mp4"), "1280x720", "30", 60);
        server.upload(clip, "unwanted");
        Page page = library();
        Locator card = card(page, "unwanted");

        button(card, "Cancel unwanted").click();
        button(card, "Cancel and delete? unwanted").click();

        assertThat(card).hasAttribute("data-status", "CANCELLED");
        assertThat(button(card, "Cancel unwanted")).not().isVisible();
        button(card, "Delete unwanted").click();
        button(page, "Delete unwanted now").click();
        assertThat(card).hasCount(0);
    }

    private static Page library() {
        Page page = browsing.page();
        page.navigate(server.url() + "/");
        return page;
    }

    private static Locator card(Page page, String title) {
        return page.locator(
                ".card",
                new Page.LocatorOptions().setHas(page.getByText(title, new Page.GetByTextOptions().setExact(true))));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
