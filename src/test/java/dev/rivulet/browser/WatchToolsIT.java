package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the watch page offers around the picture. */
class WatchToolsIT {
    private static final String TITLE = "Tools & \"quotes\"";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static String video = "";

    @BeforeAll
    static void film() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("tools.mp4"), "426x240", "25", 30);
        video = browsing.server().upload(clip, TITLE).getString("id");
    }

    @Test
    void theHeatMapFillsInWhileTheVideoIsMadeAndTellsEveryTiming() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("filling.mp4"), "854x480", "30", 40);
        String id = browsing.server().upload(clip, "Filling in").getString("id");
        Page page = browsing.page();
        page.navigate("/watch/" + id);
        Locator drawer = page.locator("#details");
        assertThat(drawer).isVisible();
        drawer.locator("summary").first().focus();
        page.keyboard().press("Enter");

        Locator lowest = drawer.locator(".heat-cells").first();
        assertThat(lowest).isVisible();
        page.waitForFunction("() => document.querySelectorAll('.heat-cells [data-state=DONE]').length > 0");
        int atFirst = drawer.locator(".heat-cells [data-state=DONE]").count();
        page.waitForFunction(
                "before => document.querySelectorAll('.heat-cells [data-state=DONE]').length > before", atFirst);
        assertThat(page.locator("body")).hasAttribute("data-status", "COMPLETED");

        JsonObject manifest = browsing.server().manifest(id);
        int chunks = manifest.getJsonArray("chunks").size();
        int tiers = manifest.getJsonArray("tiers").size();
        assertThat(drawer.locator(".heat-cells [data-state=DONE]")).hasCount(chunks * tiers);
        assertThat(lowest)
                .hasAttribute("aria-label", "144p 240p: " + chunks + " of " + chunks + " chunks done, 0 failed");
        assertThat(lowest.locator("i").first())
                .hasAttribute("title", Pattern.compile("^144p 240p, chunk 0 at 0:00: done, .* s, .* by .+"));
        drawer.locator(".every summary").click();
        assertThat(drawer.locator(".every tbody tr")).hasCount(chunks);
        assertThat(drawer.locator(".every tbody tr").last().locator("td").last())
                .hasText(Pattern.compile("^[0-9.]+ s$"));
        assertThat(drawer.locator(".facts")).containsText("h264");
        assertThat(drawer.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Sound of the others")))
                .containsText("done");
    }

    @Test
    void aLinkWithATimeStartsThereAndIsCopiedWithTheTimeThatIsWatched() {
        Page page = complete("?t=12");
        page.waitForFunction("() => Math.abs(rivulet.video.currentTime - 12) < 0.5");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

        page.locator("#copy-time").click();
        assertThat(page.locator("#told")).hasText("Link to 0:12 copied.");
        assertThat(clipboard(page)).isEqualTo(browsing.server().url() + "/watch/" + video + "?t=12");
        page.evaluate("() => { rivulet.video.currentTime = 20.4; }");
        assertThat(page.locator("#copy-time")).hasText("Copy link at 0:20");
        page.locator("#copy").click();
        assertThat(page.locator("#told")).hasText("Link copied.");
        assertThat(clipboard(page)).isEqualTo(browsing.server().url() + "/watch/" + video);

        page.navigate("/watch/" + video + "?t=nonsense");
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
    }

    @Test
    void theVideoGoesIntoItsOwnWindowAndBackByButtonAndByKey() {
        Page page = complete("");
        String inside = "inside => (document.pictureInPictureElement === rivulet.video) === inside";
        Locator button = page.locator("media-pip-button");
        button.click();
        page.waitForFunction(inside, true);
        assertThat(button).hasAttribute("aria-label", Pattern.compile("exit picture in picture", CASE_INSENSITIVE));
        button.click();
        page.waitForFunction(inside, false);

        page.keyboard().press("p");
        page.waitForFunction(inside, true);
        page.keyboard().press("p");
        page.waitForFunction(inside, false);
    }

    @Test
    void theEmbedCodePlaysInAnotherPage() {
        Page page = complete("?t=7");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.waitForFunction("() => Math.abs(rivulet.video.currentTime - 7) < 0.5");
        page.locator("#embed").click();
        Locator sheet = page.locator("dialog[open]");
        sheet.getByLabel("Begin at 0:07").check();
        sheet.getByText("Copy code").click();
        assertThat(sheet.getByText("Code copied.")).isVisible();
        String code = clipboard(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);

        Page other = browsing.page();
        other.setContent("<!doctype html><title>Somebody's page</title><h1>Look</h1>" + code);

        Locator frame = other.locator("iframe");
        assertThat(frame).hasAttribute("title", TITLE);
        assertThat(frame).hasAttribute("src", browsing.server().url() + "/embed/" + video + "?t=7");
        other.frames()
                .get(1)
                .waitForFunction("() => window.rivulet?.video.readyState >= 2"
                        + " && Math.abs(rivulet.video.currentTime - 7) < 0.5");
    }

    @Test
    void theSeekBarShowsThePicturesOfTheVideo() {
        Page page = complete("");
        Locator bar = page.locator(".seek");
        bar.hover();
        Locator thumb = page.locator(".thumb");
        assertThat(thumb).isVisible();
        assertThat(page.locator(".seek-tip")).hasText(Pattern.compile("^0:1[45]$"));
        assertThat(thumb)
                .hasCSS("background-image", Pattern.compile("/media/" + video + "/storyboard_00\\.webp\"\\)$"));
        assertThat(thumb).hasCSS("background-position", Pattern.compile("^-(640|800)px 0px$"));
        assertThat(thumb).hasCSS("width", "160px");
        assertThat(page.evaluate(
                        "async id => { const image = new Image();"
                                + " image.src = `/media/${id}/storyboard_00.webp`; await image.decode();"
                                + " return `${image.naturalWidth} x ${image.naturalHeight}`; }",
                        video))
                .isEqualTo("1600 x 900");
        page.mouse().move(0, 0);
        assertThat(thumb).isHidden();
    }

    @Test
    void everyQualityIsThereAsAFileToDownload() {
        Page page = complete("");
        Locator links = page.locator("#download-list a");
        assertThat(links).hasText(new String[] {"144p", "240p"});
        for (Locator link : links.all()) {
            APIResponse answer = page.request().get(link.getAttribute("href"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("content-type", "video/mp4");
            assertThat(link.getAttribute("download")).startsWith(TITLE).endsWith(".mp4");
        }
    }

    @Test
    void autoTellsWhatItChose() {
        Page page = complete("");
        page.evaluate("() => { rivulet.video.muted = true; return rivulet.video.play(); }");
        Locator button = page.locator(".menu-button[aria-label^=Quality]");
        assertThat(button).hasText(Pattern.compile("^Auto (144p|240p)$"));
        button.click();
        assertThat(page.getByRole(AriaRole.MENUITEMRADIO).filter(new Locator.FilterOptions().setHasText("Auto")))
                .containsText(Pattern.compile("now (144p|240p)"));
    }

    private static Page complete(String query) {
        try (Updates updates = browsing.server().follow(video)) {
            assertThat(updates.end(120).getString("status")).isEqualTo("COMPLETED");
        }
        Page page = browsing.page();
        page.navigate("/watch/" + video + query);
        page.waitForFunction("() => window.rivulet?.hls && rivulet.video.readyState >= 2");
        return page;
    }

    private static String clipboard(Page page) {
        return (String) page.evaluate("() => navigator.clipboard.readText()");
    }
}
