package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminPageIT {
    /** Every share of the work that a running task was seen at, by what it makes. */
    private static final String RECORD_SHARES =
            """
            () => {
              window.shares = {};
              new MutationObserver(() => {
                for (const row of document.querySelectorAll('.row-body.running')) {
                  const seen = (window.shares[row.querySelector('.row-what').textContent] ??= []);
                  const share = row.querySelector('progress').value;
                  if (seen.at(-1) !== share) seen.push(share);
                }
              }).observe(document, { subtree: true, childList: true, attributes: true });
            }""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void runningTasksAppearMoveAndGo() {
        Page page = admin();
        page.evaluate(RECORD_SHARES);
        Path clip = MadeMedia.mp4(browsing.folder().resolve("long.mp4"), "1280x720", "30", 40);
        String id = browsing.server().upload(clip, "A long one").getString("id");

        Locator video = page.locator(".row-body.video[data-id='" + id + "']");
        assertThat(video).containsText("A long one");
        Locator task = page.locator(".row-body.running").first();
        assertThat(task).containsText("A long one");
        assertThat(task.locator(".facts-line")).hasText(Pattern.compile(".+ · running for \\d+ s · lease for \\d+ s"));
        page.waitForFunction("() => Object.values(window.shares).some((seen) => seen.length >= 3"
                + " && seen.every((share, i) => i === 0 || share > seen[i - 1]))");
        assertThat(page.locator("[data-class=top] [data-state=running]")).not().hasText("0");
        end(id);
        assertThat(video).hasCount(0);
        assertThat(page.locator("#running")).not().containsText("A long one");
    }

    @Test
    void aFailedAttemptIsListedWithItsReason() {
        Page page = admin();
        Path clip = MadeMedia.mp4(browsing.folder().resolve("killed.mp4"), "1280x720", "30", 20);
        String id = browsing.server().upload(clip, "Killed in the middle").getString("id");
        Locator row = failure(page, "Killed in the middle");

        page.waitForSelector(".row-body.running");
        while (DataProcesses.naming(browsing.server().data(), "/ffmpeg ", "/tasks/", "libx264").stream()
                .noneMatch(ProcessHandle::destroyForcibly)) {
            assertThat(page.locator(".row-body.video[data-id='" + id + "']")).isVisible();
        }

        assertThat(row.locator(".code")).hasText("memory");
        assertThat(row.locator(".reason")).containsText("killed from outside");
        assertThat(row.locator(".facts-line")).containsText("attempt 1 on ");
        end(id);
        assertThat(row.locator(".facts-line")).containsText("has succeeded since");
    }

    @Test
    void logsOfToolsAreTextAndMorePagesComeWhenAskedFor() {
        Page page = browsing.page();
        JsonObject failure = new JsonObject()
                .put("videoId", "2f1c1b0e-6f0a-4f6e-9a52-0d6a3f0f9c11")
                .put("title", "<b>Bold</b>")
                .put("kind", "chunk")
                .put("tier", 1)
                .put("qualities", JsonArray.of("240p", "360p"))
                .put("at", "2026-11-20T10:00:00Z")
                .put("worker", "node-1")
                .put("failure", "timeout")
                .put("reason", "no progress for 30 s")
                .put("log", "<img src=nowhere onerror=\"window.broken=1\">")
                .put("state", "FAILED")
                .put("attempt", 1);
        page.route(Pattern.compile("/admin/failures"), route -> {
            boolean first = !route.request().url().contains("after=");
            JsonObject body = new JsonObject()
                    .put("items", JsonArray.of(failure.copy().put("chunk", first ? 7 : 8)))
                    .put("next", first ? "further" : null);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(body.encode()));
        });
        page.navigate("/admin");
        Locator rows = page.locator(".row-body.failure");

        assertThat(rows.locator(".row-title")).hasText("<b>Bold</b>");
        assertThat(rows.locator(".row-what")).hasText("Chunk 7 · 240p, 360p");
        assertThat(rows.locator("pre")).isHidden();
        rows.locator("summary").click();
        assertThat(rows.locator("pre")).hasText("<img src=nowhere onerror=\"window.broken=1\">");
        page.locator("#more").click();
        assertThat(rows.locator(".row-what")).hasText(new String[] {"Chunk 7 · 240p, 360p", "Chunk 8 · 240p, 360p"});
        assertThat(page.locator("#more")).isHidden();
        page.waitForRequest("**/admin/failures**", () -> {});
        assertThat(rows.first().locator("pre")).isVisible();
        assertThat(rows).hasCount(2);
        assertThat(page.evaluate("window.broken")).isNull();
    }

    @Test
    void aServerThatIsAwayIsToldAndFoundAgain() {
        Page page = admin();
        page.route("**/admin/work", Route::abort);
        assertThat(page.locator("#trouble")).hasText("The server could not be reached.");
        assertThat(page.locator("#live")).hasText("Trying again…");
        page.unroute("**/admin/work");
        assertThat(page.locator("#live")).hasText("Live");
        assertThat(page.locator("#trouble")).hasText("");
    }

    @Test
    void nobodyIsAskedWhileThePageIsHidden() {
        Page page = browsing.page();
        page.clock().install();
        page.addInitScript("window.asked = 0; const fetched = window.fetch;"
                + " window.fetch = (...all) => { window.asked += 1; return fetched(...all); };"
                + " Object.defineProperty(document, 'hidden', { get: () => window.away === true });");
        page.navigate("/admin");
        page.waitForSelector("[data-live=live]");
        page.evaluate("window.asked = 0");
        page.clock().runFor(2500);
        page.waitForFunction("() => window.asked > 0");

        page.evaluate("() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }");
        page.evaluate("window.asked = 0");
        page.clock().runFor(60_000);
        assertThat(page.evaluate("window.asked")).isEqualTo(0);

        page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
        page.waitForFunction("() => window.asked > 0");
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1440, LIGHT", "1440, DARK"})
    void aBusyPageFitsItsWindowAndIsAccessible(int width, ColorScheme scheme) throws IOException {
        Page page = browsing.page(width, scheme);
        for (String name : new String[] {"work", "failures"}) {
            String body = Files.readString(Path.of("src/test/resources/pages/busy-" + name + ".json"));
            page.route(
                    Pattern.compile("/admin/" + name),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(body)));
        }
        page.navigate("/admin");
        page.locator(".row-body.failure summary").first().click();
        page.locator(".row-body.video button").first().click();
        assertThat(page.locator("[data-sure]")).hasText("Cancel and delete everything?");
        assertThat(page.locator(".row-body.troubled button"))
                .hasText(new String[] {"Retry", "Retry 720p", "Retry 1080p", "Retry"});
        LookIT.fitsAndIsAccessible(page, "work-busy");
    }

    private static Page admin() {
        Page page = browsing.page();
        page.navigate("/");
        page.locator("nav a[href='/admin']").click();
        page.waitForSelector("[data-live=live]");
        return page;
    }

    private static Locator failure(Page page, String title) {
        return page.locator(".row-body.failure").filter(new Locator.FilterOptions().setHasText(title));
    }

    private static void end(String id) {
        try (Updates updates = browsing.server().follow(id)) {
            assertThat(updates.end(120).getString("stage")).isEqualTo("done");
        }
    }
}
