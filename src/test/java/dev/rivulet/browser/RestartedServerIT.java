package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages that stay open while their server is replaced. */
class RestartedServerIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void openPagesSayThatTheyReconnectAndGoOnByThemselves() throws IOException {
        Path data = Files.createTempDirectory(browsing.folder(), "restarted").resolve("data");
        Path clip = MadeMedia.mp4(browsing.folder().resolve("restarted.mp4"), "640x360", "25", 40);
        Map<String, String> settings = Map.of(
                "RIVULET_HTTP_PORT", Integer.toString(TestServers.freePort()),
                "RIVULET_ENCODE_SLOTS", "1",
                "RIVULET_SHUTDOWN_GRACE", "0s");
        Page watch = browsing.page();
        Page library = browsing.page();
        String id;
        double reached;
        try (ChildServer server = ChildServer.start(data, settings)) {
            id = server.upload(clip, "restarted").getString("id");
            watch.navigate(server.uri("/watch/" + id).toString());
            library.navigate(server.uri("/").toString());
            for (Page page : List.of(watch, library)) {
                page.evaluate("window.neverReloaded = true");
                assertThat(page.locator("body")).hasAttribute("data-live", "live");
            }
            watch.waitForFunction("() => document.querySelector('video').readyState > 2");
            watch.evaluate("document.querySelector('video').play()");
            watch.waitForFunction("() => document.querySelector('video').currentTime > 0.5");
            assertThat(watch.locator("#live")).hasText("");
            reached = at(watch);
            assertThat(server.stop()).isZero();
        }
        for (Page page : List.of(watch, library)) {
            assertThat(page.locator("#live")).hasText("Reconnecting…");
        }
        try (ChildServer server = ChildServer.start(data, settings)) {
            assertThat(watch.locator("body")).hasAttribute("data-status", "COMPLETED");
            assertThat(watch.locator("body")).hasAttribute("data-levels", "144p,240p,360p");
            assertThat(watch.locator("#live")).hasText("");
            Locator card = library.locator(".card").filter(new Locator.FilterOptions().setHasText("restarted"));
            assertThat(card).hasAttribute("data-status", "COMPLETED");
            assertThat(library.locator("#live")).hasText("Live");
            watch.waitForFunction("from => document.querySelector('video').currentTime > from + 2", reached);
            for (Page page : List.of(watch, library)) {
                assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
            }
            assertThat(heard(watch)).isSorted().doesNotHaveDuplicates();
            // A page that asks for the master again is not known to the new process.
            assertThat(server.video(id).getLong("views")).isBetween(1L, 2L);
        }
    }

    private static double at(Page page) {
        return ((Number) page.evaluate("document.querySelector('video').currentTime")).doubleValue();
    }

    /** Numbers of the updates that the page was told; snapshots tell the number of one that was told before. */
    private static List<Long> heard(Page page) {
        List<?> numbers = (List<?>)
                page.evaluate("window.rivulet.events.filter((e) => e.stage !== 'snapshot').map((e) => e.seq)");
        return numbers.stream().map(number -> ((Number) number).longValue()).toList();
    }
}
